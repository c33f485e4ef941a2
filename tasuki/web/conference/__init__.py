"""The conference room of the front door."""
