"""The staff room of the front door."""
