"""The case room of the front door."""
