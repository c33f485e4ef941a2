"""The front door: HTTP in, HTML and JSON out, no rules."""
