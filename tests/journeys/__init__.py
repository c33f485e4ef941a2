"""Journeys: a whole story through the screens, as its several people in turn."""
