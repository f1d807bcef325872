"""Finds the sentences that a clause may be answered from."""
