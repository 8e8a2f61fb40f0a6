"""A study: its settings, the engine that maps articles, its tables, comparison, statistics, accuracy."""
