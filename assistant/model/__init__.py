"""Answers in the words of a language model: an endpoint behind one wall, and what is asked of it and checked."""
