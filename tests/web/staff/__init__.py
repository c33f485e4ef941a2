"""The door, one's own way in, and the moves of staff, over HTTP."""
