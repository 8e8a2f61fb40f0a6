"""What readers see: one module per question, with its summary tables, its sentences, its plots, and what its figures are."""
