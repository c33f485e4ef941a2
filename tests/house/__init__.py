"""The house tests itself: sizes, names, policies, words."""
