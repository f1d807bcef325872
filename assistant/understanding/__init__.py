"""Reads a message: clauses, what each wants and names, what it inherits, and whether it is ours to answer."""
