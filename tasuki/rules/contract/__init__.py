"""The contract of scenario files: what may stand in one, what is wrong with one, and what one means."""
