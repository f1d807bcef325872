"""Understands English names of what the notices print in Chinese."""
