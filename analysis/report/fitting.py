"""A figure brought to the width of a paper: its text in 7 to 8 points, the rest in proportion, nothing over anything else."""

import math
import re
from itertools import combinations, pairwise

from .sizes import SMALLEST, USUAL, every_axes, keep_beside, shrink, signs

WIDTHS = {"column": 85, "page": 174}  # mm: one column of a paper in two columns, and both
_TALLEST = 235  # mm: what a page has room for
_LEAST = 0.55  # of a panel's height: what is left of it where many must share a page
_NAMES = 0.36  # of the width: what names beside the axes may take
_PANEL = 42  # mm: what a panel with its names is wide at least
_LINES = 3  # of a name, at most
_APART = 3  # points between labels
_MOST_GROWTH = 3  # of the height, that words do not meet
_TRIES = 6  # rounds in which names, ticks and heights find their places
_MM, _POINTS = 25.4, 72  # in an inch


def fit(fig, width):
    """Changes a figure, drawn at any size, to be as wide as a column (85 mm) or a page (174 mm). width: "column" or "page".

    Text gets 7 to 8 points; lines, marks and the height shrink in the proportion in which the text did, so that rows keep theirs. Long
    names are folded, and cut after three lines; ticks whose numbers would meet are thinned; a legend is set above or below; axes
    that only hold others (panels) have these in as many columns as there is room for. What stands where is fixed then.
    """
    fig.draw_without_rendering()
    own = {ax: ax.get_window_extent().size / fig.dpi for ax in every_axes(fig)}
    panels = _panels(fig)
    named = [axis for ax in panels or fig.axes for axis in (ax.xaxis, ax.yaxis) if _names_things(axis)]
    columns = min(len({round(p.get_window_extent().x0) for p in panels}), WIDTHS[width] // _PANEL)
    k = shrink(fig)
    high = k * (own[panels[0]][1] if panels else fig.get_size_inches()[1])
    beside = signs(own, k)
    fig.set_size_inches(WIDTHS[width] / _MM, high)
    if panels:
        _name_rows(panels, columns)
    _fold_names(named, _NAMES * fig.bbox.width / _beginnings(named, panels, columns))
    by_hand = not panels and not _laid_out(fig)
    if not panels and not by_hand:
        _set_legend_apart(fig)
    whole = {}
    for _ in range(_TRIES):
        _place(fig, high, panels, columns)
        if by_hand:
            _bring_in(fig)
        keep_beside(beside, fig.dpi)
        changed = [_fold_words(ax, whole) for ax in panels or fig.axes] + [_part_names(axis) for axis in named]
        changed += [_thin(axis) for ax in panels or fig.axes for axis in (ax.xaxis, ax.yaxis) if axis not in named]
        need = max([1, *(_need(axis) for axis in named)])
        if need == 1 and not any(changed):
            break
        high *= need
    fig.set_layout_engine("none")


# --- places


def _place(fig, high, panels, columns):
    """Finds a place for everything. high: of the figure, or of each panel, in inches."""
    if panels:
        return _set_in_rows(fig, panels, columns, high)
    for _ in range(2):
        fig.set_size_inches(fig.get_size_inches()[0], min(high, _TALLEST / _MM))
        fig.draw_without_rendering()
        high -= fig.get_size_inches()[1] * min((_unused(ax) for ax in fig.axes), default=0)


def _unused(ax):
    """The part of a figure's height that axes leave free because they keep their proportions, as those with an image do."""
    return ax.get_position(original=True).height - ax.get_position().height


def _bring_in(fig):
    """Brings axes nearer to each other where something of them is over the edge."""
    (wide, high), box = fig.get_size_inches(), fig.get_tightbbox()
    left, below = max(0, -box.x0) / wide, max(0, -box.y0) / high
    right, above = max(0, box.x1 - wide) / wide, max(0, box.y1 - high) / high
    for ax in fig.axes:
        x, y, w, h = ax.get_position(original=True).bounds
        x, w = left + x * (1 - left - right), w * (1 - left - right)
        ax.set_position([x, below + y * (1 - below - above), w, h * (1 - below - above)])


def _laid_out(fig):
    """Gives a figure the layout that keeps room for names, and for frames around them. Returns whether it takes one."""
    fig.set_layout_engine("none")
    fig.draw_without_rendering()
    frames = [(t, t.get_bbox_patch()) for ax in fig.axes for t in ax.texts if t.get_bbox_patch()]
    seen = [t.get_window_extent().x0 - box.get_window_extent().x0 for t, box in frames if box.get_edgecolor()[3]]
    try:
        fig.set_layout_engine("constrained", w_pad=0.05 + max(seen, default=0) / fig.dpi, h_pad=0.04)
    except RuntimeError:  # another laid it out, with a colour bar
        return False
    if any(ax.get_subplotspec() for ax in fig.axes):
        return True
    fig.set_layout_engine("none")
    return False


def _set_legend_apart(fig):
    """A figure's one legend, above the axes or below, in as many columns as its width takes."""
    legends = [legend for ax in every_axes(fig) if (legend := ax.get_legend())]
    if len(legends) != 1 or fig.legends:
        return
    old = legends[0]
    below = old.get_window_extent().y1 <= old.axes.get_window_extent().y0
    handles, names, title = old.legend_handles, [t.get_text() for t in old.get_texts()], old.get_title().get_text()
    old.remove()
    how = {"loc": f"outside {'lower' if below else 'upper'} center", "title": title or None, "frameon": False}
    how |= {"fontsize": SMALLEST, "title_fontsize": USUAL, "columnspacing": 1.2, "handlelength": 1.6, "handletextpad": 0.5}
    for columns in range(len(names), 0, -1):
        made = fig.legend(handles, names, ncols=math.ceil(len(names) / math.ceil(len(names) / columns)), **how)
        if columns == 1 or made.get_window_extent().width < fig.bbox.width:
            return
        made.remove()


def _panels(fig):
    """The axes inside the figure's only others, where those but hold them."""
    alone = len(fig.axes) == 1 and not fig.axes[0].axison
    return list(fig.axes[0].child_axes) if alone else []


def _name_rows(panels, columns):
    """Where only the first panel of a row has names at its left: so it is in the new rows, too."""
    named = [panel for panel in panels if any(_labels(panel.yaxis))]
    for i, panel in enumerate(panels if len(named) < len(panels) else ()):
        ticks = list(panel.get_yticks())
        names = next((_labels(other.yaxis) for other in named if list(other.get_yticks()) == ticks), [""] * len(ticks))
        panel.set_yticks(ticks, names)
        panel.tick_params(axis="y", labelleft=i % columns == 0)


def _set_in_rows(fig, panels, columns, high):
    """Sets panels in rows, with room for what stands around each; the figure gets as high as that takes."""
    fig.set_layout_engine("none")
    fig.draw_without_rendering()
    gap, rows, around = 0.09 * fig.dpi, math.ceil(len(panels) / columns), []
    for panel in panels:
        inner, outer = panel.get_window_extent(), panel.get_tightbbox(for_layout_only=True)
        around.append((inner.x0 - outer.x0, outer.x1 - inner.x1, outer.y1 - inner.y1, inner.y0 - outer.y0))
    left, right = ([max(a[side] for a in around[c::columns]) for c in range(columns)] for side in (0, 1))
    above, below = ([max(a[side] for a in around[r * columns : (r + 1) * columns]) for r in range(rows)] for side in (2, 3))
    taken = sum(above) + sum(below) + gap * (rows + 1)
    each = min(high * fig.dpi, max(_LEAST * high * fig.dpi, (_TALLEST / _MM * fig.dpi - taken) / rows))
    wide = (fig.bbox.width - sum(left) - sum(right) - gap * (columns + 1)) / columns
    fig.set_size_inches(fig.bbox.width / fig.dpi, (taken + rows * each) / fig.dpi)
    for i, panel in enumerate(panels):
        r, c = divmod(i, columns)
        x = gap * (c + 1) + sum(left[: c + 1]) + sum(right[:c]) + c * wide
        y = fig.bbox.height - gap * (r + 1) - sum(above[: r + 1]) - sum(below[:r]) - (r + 1) * each
        panel.set_axes_locator(None)
        panel.set_position([x / fig.bbox.width, y / fig.bbox.height, wide / fig.bbox.width, each / fig.bbox.height])
    fig.draw_without_rendering()


# --- words


def _names_things(axis):
    """Whether an axis has names, not numbers or dates, at its ticks."""
    return type(axis.get_major_locator()).__name__ in ("FixedLocator", "StrCategoryLocator")


def _labels(axis):
    return [label.get_text() for label in axis.get_ticklabels()]


def _beginnings(named, panels, columns):
    """At how many places side by side names stand at the left."""
    beside = [axis.axes for axis in named if axis.axis_name == "y" and any(_labels(axis))]
    return max(1, len({panels.index(ax) % columns if panels else round(ax.bbox.x0) for ax in beside}))


def _fold_names(named, room):
    """Folds the names at the left of axes."""
    for axis in named:
        if axis.axis_name == "y" and any(_labels(axis)):
            lines = [_lines(label, label.get_text(), room) for label in axis.get_ticklabels()]
            short = [told if len(told) <= _LINES else [*told[: _LINES - 1], told[_LINES - 1].rstrip("…") + "…"] for told in lines]
            axis.set_ticks(axis.get_ticklocs(), ["\n".join(told) for told in short])


def _part_names(axis):
    """Folds names below axes that would meet, or turns them where one is longer than its room. Returns whether it did."""
    labels = axis.get_ticklabels()
    if axis.axis_name == "y" or any(t.get_rotation() for t in labels) or not _meet(axis):
        return False
    names = [" ".join(t.get_text().split("\n")) for t in labels]
    room = axis.axes.bbox.width / len(names) - _APART * axis.axes.figure.dpi / _POINTS
    folded = ["\n".join(_lines(label, told, room)) for label, told in zip(labels, names)]
    if all(_length(label, told) <= room for label, told in zip(labels, folded)):
        axis.set_ticks(axis.get_ticklocs(), folded)
    else:
        axis.set_ticks(axis.get_ticklocs(), names, rotation=45, ha="right", va="top", rotation_mode="anchor")
    return True


def _fold_words(ax, whole):
    """Folds title and labels of axes to their length. whole: their words as given. Returns whether any changed."""
    from matplotlib.text import Text

    titles = [part for part in ax.get_children() if isinstance(part, Text) and part not in ax.texts]
    words = [(part, ax.bbox.width) for part in (*titles, ax.xaxis.label)] + [(ax.yaxis.label, ax.bbox.height)]
    changed = False
    for text, room in words:
        old = text.get_text()
        text.set_text("\n".join(_lines(text, whole.setdefault(text, old), room)))
        changed |= text.get_text() != old
    return changed


def _lines(text, words, room):
    """Words in lines no longer than the room in pixels; what stands in brackets keeps together where it can."""
    if _length(text, words) <= room:
        return words.split("\n")
    lines = []
    for piece in re.split(r" {3,}", words):
        parts = re.split(r"[ \n]+(?![^(]*\))", piece.strip())
        parts = parts if all(_length(text, part) <= room for part in parts) else re.split(r"[ \n]+", piece.strip())
        lines.append(parts[0])
        for word in parts[1:]:
            if _length(text, f"{lines[-1]} {word}") > room:
                lines.append(word)
            else:
                lines[-1] += f" {word}"
    return lines


def _length(text, words):
    """How long words are as this text, in pixels."""
    renderer = text.figure.canvas.get_renderer()
    return max(renderer.get_text_width_height_descent(w, text.get_fontproperties(), False)[0] for w in words.split("\n"))


def _boxes(axis):
    """The boxes of the labels that an axis shows, in pixels, in their order along it."""
    side = axis.axis_name
    if side not in ("x", "y"):  # round ones
        return []
    low, high = sorted(axis.get_view_interval())
    labels = [t for place, t in zip(axis.get_ticklocs(), axis.get_ticklabels()) if low <= place <= high]
    shown = [t.get_window_extent() for t in labels if t.get_text().strip()]
    return sorted((getattr(b, f"{side}0"), getattr(b, f"{side}1")) for b in shown)


def _meet(axis):
    """Whether labels of an axis stand closer than is readable."""
    apart = _APART * axis.axes.figure.dpi / _POINTS
    return any(b[0] - a[1] < apart for a, b in pairwise(_boxes(axis)))


def _thin(axis):
    """Leaves out every other tick, never zero, where numbers would meet. Returns whether it did."""
    from matplotlib.ticker import FixedLocator

    low, high = sorted(axis.get_view_interval())
    ticks = [tick for tick in axis.get_ticklocs() if low <= tick <= high]
    if len(ticks) < 3 or not _meet(axis):
        return False
    axis.set_major_locator(FixedLocator(ticks[(ticks.index(0) % 2 if 0 in ticks else 0) :: 2]))
    return True


def _need(axis):
    """How many times as high axes with names at the left must be, 1 or more, that neither these nor words inside meet."""
    if axis.axis_name == "x":
        return 1
    inside = [t.get_window_extent() for t in axis.axes.texts if t.get_text().strip()]
    over = [sorted([(a.y0, a.y1), (b.y0, b.y1)]) for a, b in combinations(inside, 2) if a.x0 < b.x1 and b.x0 < a.x1]
    pairs = [((a[1] - a[0] + b[1] - b[0]) / 2, (b[0] + b[1] - a[0] - a[1]) / 2) for a, b in [*pairwise(_boxes(axis)), *over]]
    needs = [takes / has for takes, has in pairs if takes > has > takes / _MOST_GROWTH]  # what is nearer stands in one row
    return 1.05 * max(needs) if needs else 1
