"""The person room of the front door."""
