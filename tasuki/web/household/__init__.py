"""The household room of the front door."""
