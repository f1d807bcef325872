"""Repairs what was mistyped or misheard, with the words that notices print."""
