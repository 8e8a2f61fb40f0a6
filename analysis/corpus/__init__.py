"""Articles in: one row per article, and a row for everything that could not be read."""
