"""Lists, counts, ranks and comparisons: one small algebra over the rows of the catalogue."""
