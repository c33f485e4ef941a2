"""Mutation: the rules broken in one small place after the other, to count how often a test notices."""
