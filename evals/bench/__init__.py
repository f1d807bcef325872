"""Benchmarks: what an answer costs in processor time, how many a service gives, what starting and indexing need."""
