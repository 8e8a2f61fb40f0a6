"""Pages written out: the notebooks' door to sentences, figures, passages and tables; the only writer into reports/."""

from .beside import beside, tellings
from .figures import figure, finding, table, validated
from .markup import beware, beware_of_size, of_genres, say, show, show_text, style
from .passages import passages

__all__ = ["beside", "beware", "beware_of_size", "figure", "finding", "of_genres", "passages", "say", "show", "show_text", "style", "table", "tellings", "validated"]
