"""The plan room of the front door."""
