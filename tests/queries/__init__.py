"""Tests of the queries floor."""
