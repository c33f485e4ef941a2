"""Filters and tags that put plain values into the words and shapes of a screen."""
