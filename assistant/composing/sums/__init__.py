"""Sums beside one another: of the things that a clause names, and of so many recipients."""
