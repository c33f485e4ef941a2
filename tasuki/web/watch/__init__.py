"""The watch room of the front door."""
