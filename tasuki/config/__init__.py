"""Settings, addresses and the server's entrance: the only room that knows all others."""
