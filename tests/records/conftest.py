"""The city of 霞浜 for the tests of the first floor."""

from tests.records.troupe import city_template, troupe

__all__ = ["city_template", "troupe"]
