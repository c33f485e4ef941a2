"""The act room of the front door."""
