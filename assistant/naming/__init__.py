"""Recognises what a question names: departments, measures, terms, documents, places, in Chinese and English."""
