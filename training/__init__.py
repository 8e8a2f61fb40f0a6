"""Rebuilds the weights of `analysis/models/` from labelled sentences: `make model DATA=folder` (needs PyTorch)."""
