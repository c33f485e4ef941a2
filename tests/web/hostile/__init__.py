"""What hostile or broken browsers send: forms, addresses, headers, files."""
