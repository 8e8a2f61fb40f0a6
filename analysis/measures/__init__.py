"""One article's reading in, rows out: who is who, voices, certainty, loaded words, sentiment, frames, agency."""
