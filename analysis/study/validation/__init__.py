"""Proved on your own corpus: units drawn to be coded by hand, codings kept and read, agreement, figures corrected by them."""
