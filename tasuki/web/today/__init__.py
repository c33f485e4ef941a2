"""The today room of the front door."""
