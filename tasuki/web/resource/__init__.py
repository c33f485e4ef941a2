"""The resource room of the front door."""
