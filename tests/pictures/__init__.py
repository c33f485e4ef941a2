"""Tests of the drawing office, one for each drawing rule."""
