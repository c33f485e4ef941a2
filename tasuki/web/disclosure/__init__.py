"""The disclosure room of the front door."""
