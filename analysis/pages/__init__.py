"""One module per question: its summary tables, its sentences, its figures."""
