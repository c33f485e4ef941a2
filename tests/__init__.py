"""The same house again, tested."""
