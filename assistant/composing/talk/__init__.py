"""Answers that lean on what was said before, and what to do next."""
