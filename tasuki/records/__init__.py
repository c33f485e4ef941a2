"""The first floor: the database, one Django app with one migration chain."""
