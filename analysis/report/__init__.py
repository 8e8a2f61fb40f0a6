"""Pages written out: markup, the articles marked, exports, the whole report; the only writer into reports/."""

from .markup import beware, passages, say, show, style
from .writing import figure

__all__ = ["beware", "figure", "passages", "say", "show", "style"]
