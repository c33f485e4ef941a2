"""The settings of tests: those of a town, but for what a password costs. A test signs in a hundred times."""

from tasuki.config.settings import *  # noqa: F403  all of them

PASSWORD_HASHERS = ["tests.hashing.Quick"]
