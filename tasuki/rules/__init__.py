"""Ground floor: pure functions and enums, stdlib only; what is allowed, what follows, what it is called."""
