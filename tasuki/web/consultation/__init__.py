"""The consultation room of the front door."""
