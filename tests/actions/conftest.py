"""The city of 霞浜 for the tests of the acts."""

from tests.records.troupe import troupe

__all__ = ["troupe"]
