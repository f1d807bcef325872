"""Measures how good the answers are (run) and how fast they come (bench)."""
