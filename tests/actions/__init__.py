"""Tests of the acts: the same city, its people acting as the role that serves."""
