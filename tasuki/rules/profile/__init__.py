"""The way of working of one municipality, as data: what may stand in a profile and what it means."""
