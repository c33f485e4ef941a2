"""The audit room of the front door."""
