"""Passwords of tests are hashed by argon2id at its lowest cost: a test signs in a hundred times, and a guess has no time to lose."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Quick(Argon2PasswordHasher):
    """Django's hasher of the same name and format, so that each reads what the other wrote."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
