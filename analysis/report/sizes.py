"""Text, lines and marks of a figure in the sizes of a paper."""

from statistics import median

SMALLEST, USUAL, _LARGEST = 7, 7.5, 8  # points: of all text


def every_axes(fig):
    """The axes of a figure, those inside others too."""
    return [part for ax in fig.axes for part in (ax, *ax.child_axes)]


def shrink(fig):
    """Brings all text to its size, and lines, marks and ticks in proportion. Returns that proportion."""
    from matplotlib.text import Text

    told = [t.get_fontsize() for t in fig.findobj(Text) if t.get_visible() and t.get_text().strip()]
    k = USUAL / median(told or [USUAL])
    sides = [(axis, which) for ax in every_axes(fig) for axis in (ax.xaxis, ax.yaxis) for which in ("major", "minor")]
    looks = [_look(axis, which) for axis, which in sides]
    for artist in fig.findobj():
        _shrink_one(artist, k)
    for (axis, which), (size, *lengths) in zip(sides, looks):
        lengths = dict(zip(("length", "width", "pad", "grid_linewidth"), (k * v for v in lengths)))
        axis.set_tick_params(which=which, labelsize=_size(size, k), **lengths)
        axis.labelpad *= k if which == "major" else 1
    return k


def _size(points, k):
    return min(_LARGEST, max(SMALLEST, k * points))


def _look(axis, which):
    """Size of the labels, length, width, pad and grid line of an axis' ticks, in points."""
    tick = getattr(axis, f"get_{which}_ticks")(1)[0]
    line = tick.tick1line
    return tick.label1.get_fontsize(), line.get_markersize(), line.get_markeredgewidth(), tick.get_pad(), tick.gridline.get_linewidth()


def _shrink_one(artist, k):
    """Brings one artist to its size."""
    from matplotlib.collections import Collection
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch
    from matplotlib.text import Text

    if isinstance(artist, Text):
        artist.set_fontsize(_size(artist.get_fontsize(), k))
        for patch in filter(None, (artist.get_bbox_patch(), getattr(artist, "arrow_patch", None))):
            patch.set_linewidth(k * patch.get_linewidth())
        if getattr(artist, "anncoords", None) == "offset points":
            artist.xyann = tuple(k * v for v in artist.xyann)
    elif isinstance(artist, Line2D):
        lines = {what: k * getattr(artist, f"get_{what}")() for what in ("linewidth", "markersize", "markeredgewidth")}
        artist.set(**lines)
    elif isinstance(artist, (Patch, Collection)):
        widths = artist.get_linewidth()
        artist.set_linewidth([k * w for w in widths] if isinstance(artist, Collection) else k * widths)
        if hasattr(artist, "set_sizes"):
            artist.set_sizes([k * k * size for size in artist.get_sizes()])


def signs(own, k):
    """Marks that stand beside an axis by a part of its length: [(mark, axes, "x" or "y", their distance in inches)]."""
    found = []
    for ax, size in own.items():
        across = ((ax.get_yaxis_transform(), "x", size[0]), (ax.get_xaxis_transform(), "y", size[1]))
        for line in ax.lines:
            for transform, side, length in across:
                places = getattr(line, f"get_{side}data")()
                if line.get_transform() is transform and len(places) and max(places) < 0:
                    found.append((line, ax, side, [k * length * place for place in places]))
    return found


def keep_beside(signs, dpi):
    """Sets these marks at their distance again."""
    for line, ax, side, inches in signs:
        length = ax.get_window_extent().size["xy".index(side)] / dpi
        getattr(line, f"set_{side}data")([distance / length for distance in inches])
