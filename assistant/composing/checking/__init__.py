"""Answers whether something is so."""
