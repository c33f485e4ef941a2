"""The figure room of the front door."""
