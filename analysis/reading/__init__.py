"""What one article is read into: spaCy's parse, the encoder's states, syntax, matches of lexicons."""
