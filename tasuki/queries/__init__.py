"""The second floor, east: what a screen, a paper or a report shows; it reads."""
