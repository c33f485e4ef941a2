"""The municipality room of the front door."""
