"""Relations: who does what to whom, and what is done to each actor."""

import numpy as np

from ..text.language import count, tr
from .figure import Figure
from .style import BLUE, INK, MOST, axes, cells_named, colour, heatmap, middles, short, signs
from .telling import in_marks

_MOST_ACTORS = 8
_BOX = {"boxstyle": "round,pad=0.45", "facecolor": "#EEF3F7", "linewidth": 2}


# --- tables


def relations(study):
    """One row per pair of actors and verb: who does what to whom, n times, in how many articles; denied ones apart."""
    both = study.agency.dropna(subset=["agent_actor", "patient_actor"])
    grouped = both.groupby(["agent_actor", "verb", "patient_actor", "negated"])
    made = grouped.agg(n=("start", "size"), articles=("doc_id", "nunique")).reset_index()
    return made.sort_values(["n", "agent_actor", "verb"], ascending=[False, True, True], ignore_index=True)


def undergone(study):
    """What is done to each actor, by whoever it be (accused, courted, refused …): actor, verb, n, by (who does it,
    in words). Passives, and active clauses that name who does it: of infinitives the parse is too unsure."""
    found = study.agency.dropna(subset=["patient_actor"])
    found = found[found["agent"].notna() | (found["construction"] != "active")]
    doer = found["agent_actor"].where(found["agent_actor"].notna(), found["agent"])
    found = found.assign(by=doer, verb=np.where(found["negated"], "ne pas ", "") + found["verb"].astype(object))
    grouped = found.groupby(["patient_actor", "verb"], as_index=False)
    made = grouped.agg(n=("start", "size"), by=("by", lambda b: ", ".join(dict.fromkeys(b.dropna())) or None))
    made = made.rename(columns={"patient_actor": "actor"})
    return made.sort_values(["n", "actor", "verb"], ascending=[False, True, True], ignore_index=True)


# --- the sentence


def who_acts_upon_whom(table):
    """Who does most to whom. table: :func:`relations`."""
    if table.empty:
        return tr("No clause sets one actor of the catalogue acting upon another.")
    pairs = table.groupby(["agent_actor", "patient_actor"])["n"].sum().sort_values(ascending=False)
    (agent, patient), n = pairs.index[0], int(pairs.iloc[0])
    rows = table[(table["agent_actor"] == agent) & (table["patient_actor"] == patient)].head(3)
    told = {"agent": agent, "patient": patient, "verbs": in_marks(map(_verb, rows.itertuples()))}
    total = int(table["n"].sum())
    if total > 1 and (pairs == n).sum() > 1:
        return tr("In {clauses} one actor acts upon another; no pair comes more often than all others.", clauses=count(total, "clause"))
    if total == 1:
        return tr("In one clause one actor acts upon another: {agent} upon {patient} ({verbs}).", **told)
    return tr(
        "In {clauses} one actor acts upon another; most often {agent} upon {patient} ({times}: {verbs}).",
        clauses=count(total, "clause"),
        times=count(n, "clause"),
        **told,
    )


def _verb(row):
    """The verb of a relation, a denied one as such."""
    return f"ne pas {row.verb}" if row.negated else row.verb


# --- figures


def _verbs(rows):
    """The verbs of relations with how often each comes."""
    return [short(_verb(r) + (f" ×{r.n}" if r.n > 1 else "")) for r in rows.itertuples()]


def plot_relations(table, *, actors=(), ax=None):
    """Who acts on whom: rows act, columns undergo; the verbs stand in the cells."""
    agents, patients = (_most(table, side) for side in ("agent_actor", "patient_actor"))
    part = table[table["agent_actor"].isin(agents) & table["patient_actor"].isin(patients)]
    grid = part.groupby(["agent_actor", "patient_actor"])["n"].sum().unstack(fill_value=0)
    grid = grid.reindex(index=agents, columns=patients, fill_value=0).astype(int)
    most = max(4, grid.to_numpy().max())
    ax = axes(ax, len(agents), width=min(8.4, 3.2 + 1.5 * len(patients)), each=0.75)
    heatmap(grid, ax, cbar=False, linewidths=2, vmin=0, vmax=most)
    for (agent, patient), rows in part.groupby(["agent_actor", "patient_actor"]):
        ink = "white" if grid.loc[agent, patient] > 0.6 * most else INK
        place = patients.index(patient) + 0.5, agents.index(agent) + 0.5
        ax.text(*place, "\n".join(_verbs(rows.head(3))), ha="center", va="center", fontsize=9.5, color=ink)
    turned = 0 if len(patients) < 5 else 30
    cells_named(ax, [short(a) for a in agents], [short(p, 18) for p in patients], rotation=turned, ha="center")
    signs(ax, agents, actors, rows=middles(agents))
    signs(ax, patients, actors, rows=middles(patients), side="x")
    ax.set(xlabel=tr("undergoes"), ylabel=tr("acts"))
    return ax


def _most(table, side):
    return list(table.groupby(side)["n"].sum().sort_values(ascending=False).index)[:_MOST_ACTORS]


def plot_network(table, *, actors=(), ax=None):
    """Who acts on whom, as a graph: an arrow from who does it to who undergoes it, as thick as it is frequent."""
    pairs = table.groupby(["agent_actor", "patient_actor"], sort=False)
    weight = pairs["n"].sum().sort_values(ascending=False).head(MOST)
    names = list(dict.fromkeys(who for pair in weight.index for who in pair))
    ax = axes(ax, 12, width=8.4)
    place = _round(names)
    told = {
        who: ax.text(*at, short(who, 22), ha="center", va="center", fontsize=10.5, fontweight="bold", zorder=5,
                     bbox=_BOX | {"edgecolor": colour(who, actors)})
        for who, at in place.items()
    }  # fmt: skip
    for (agent, patient), n in weight.items():
        if agent != patient:
            look = {"color": colour(agent, actors) if actors else BLUE, "linewidth": min(5, 1 + n / 2)}
            _arrow(ax, place[agent], place[patient], [told[agent], told[patient]], look)
            _beside(ax, place[agent], place[patient], _verbs(pairs.get_group((agent, patient)).head(2)))
    ax.set(xlim=(-2.1, 2.1), ylim=(-1.3, 1.3))
    ax.set_axis_off()
    return ax


def _round(names):
    """{name: its place on an ellipse}, from the top and clockwise."""
    angle = {who: np.pi / 2 - 2 * np.pi * i / len(names) for i, who in enumerate(names)}
    return {who: np.array([1.5 * np.cos(a), np.sin(a)]) for who, a in angle.items()}


def _arrow(ax, tail, head, boxes, look):
    """A bent arrow from the edge of one name's box to that of another's."""
    from_box, to_box = (box.get_bbox_patch() for box in boxes)
    shape = {"arrowstyle": "-|>,head_width=0.35,head_length=0.7", "connectionstyle": "arc3,rad=0.16"}
    ax.annotate(
        "", head, tail, arrowprops=shape | look | {"shrinkA": 2, "shrinkB": 4, "patchA": from_box, "patchB": to_box}
    )


def _beside(ax, tail, head, verbs):
    """The verbs of an arrow, on its bend."""
    along = head - tail
    middle = tail + 0.45 * along + 0.08 * np.array([along[1], -along[0]])
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
    ax.text(*middle, ", ".join(verbs), ha="center", va="center", fontsize=9.5, zorder=4, bbox=ground)


def _passages(study):
    return study.agency.dropna(subset=["agent_actor", "patient_actor"])


_CLAUSES = ("clause", lambda table: table["n"].sum())

MATRIX = Figure(
    file="actors-relations",
    caption="Who acts on whom: rows act, columns undergo; the verbs stand in the cells.",
    table=relations,
    plot=plot_relations,
    counts=_CLAUSES,
    finding=lambda study, table: who_acts_upon_whom(table),
    passages=_passages,
    label="verb",
)
NETWORK = Figure(
    file="actors-network",
    caption="Who acts on whom, as a graph: an arrow from who does it to who undergoes it, as thick as it is frequent, "
    "with its verbs.",
    table=relations,
    plot=plot_network,
    counts=_CLAUSES,
    finding=lambda study, table: who_acts_upon_whom(table),
    passages=_passages,
    label="verb",
)
