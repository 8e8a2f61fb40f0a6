"""Articles in: one row per article, and a row for everything that could not be read."""

import csv
import hashlib
import re
import warnings
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from ..text.places import LEXICONS
from ..text.tables import table
from ..text.typography import analysis_copy, as_printed, n_words
from .importers import FIELDS, HEAD, Unreadable, decoded, importer_for

PERIODS = {"week": "W-SUN", "month": "M", "year": "Y"}  # of pandas, by what `group_by` and figures call them
LONGEST_ARTICLE = 1_000_000
_AT_ONCE = 1000
_SKETCH, _BAND = 64, 6
NOT_ARTICLES = {"actors.yaml", "study.yaml", "events.csv", "metadata.csv"}
_EDITION = re.compile(r"[,;]\s*(?:no\.?|n[°º]|num[ée]ro)\s*(\d[\d\s./-]*)(?=[,;(]|$)", re.I)
_CHANNEL = re.compile(
    r"\s*\(\s*((?:r[ée]f\. )?(?:site|blogs?|web|tablette|application|papier|imprim[ée]|print|online|en ligne)[^()]*)\)",
    re.I,
)
_LIBRARY = re.compile(r"europresse|eureka\.cc|factiva|proxy|bases?-?doc|ezp|oclc", re.I)


def read_corpus(path):
    """The articles of a folder or file; one warning counts what could not be read.

    The same table as :func:`inspect_corpus` returns first; use that one to see the problems themselves.
    """
    articles, problems = inspect_corpus(path)
    if len(problems):
        kinds = ", ".join(f"{n} {what}" for what, n in problems["what"].value_counts().items())
        warnings.warn(
            f"{path}: {len(problems)} problem(s) while reading ({kinds}); inspect_corpus lists them", stacklevel=2
        )
    return articles


def inspect_corpus(path):
    """(articles, problems) of a folder (with its subfolders) or of one file.

    Reads plain text, saved web pages, CSV, JSON lines and Parquet, told apart by content. For text files the
    metadata stand in a header (see the README) or in `metadata.csv` (column `file`, and any of the fields).
    `articles.text` is title, blank line, body, with page furniture taken out (kept in `articles.furniture`).
    `language` is detected; articles in another language than French are set aside. `date` is missing where it
    isn't understood. `duplicate_group` is the doc_id of the first of several near-identical texts, else missing.

    problems: one row for each file or record not read, set aside, or repaired on the way in.
    Raises FileNotFoundError if `path` does not exist.
    """
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"no such folder or file: {path}")
    root = path if path.is_dir() else path.parent
    sidecar, problems = _sidecar(root)
    tables, records, seen, ids = [table("articles")], [], {}, {}
    for file in _files(path):
        for record, trouble in _read_file(file, file.relative_to(root).as_posix(), sidecar):
            if record:
                record, again = _told_once(record, seen, ids)
                trouble += again
            records += [record] if record else []
            problems += trouble
            if len(records) == _AT_ONCE:
                tables, records = [*tables, table("articles", records)], []
    articles = pd.concat([*tables, table("articles", records)], ignore_index=True)
    articles["duplicate_group"] = _duplicate_groups(articles).astype("str")
    return articles, table("problems", problems)


def _files(path):
    if path.is_file():
        return [path]
    found = [p for p in path.rglob("*") if p.is_file() or p.is_symlink()]
    return sorted(p for p in found if _may_hold_articles(p.relative_to(path)))


def _may_hold_articles(relative):
    hidden = any(part.startswith((".", "~$")) for part in relative.parts)
    ours = (
        relative.name in NOT_ARTICLES or relative.stem.upper() in {"README", "LICENSE"} or relative.parts[0] == "frames"
    )
    return not (hidden or ours)


def _sidecar(root):
    """{file: metadata} of the folder's metadata.csv."""
    path = root / "metadata.csv"
    if not path.exists():
        return {}, []
    text, _ = decoded(path.read_bytes())
    first = text.split("\n", 1)[0]
    rows = list(csv.DictReader(text.splitlines(), delimiter=max(",;\t", key=first.count)))
    if rows and "file" not in rows[0]:
        return {}, [_problem("metadata.csv", None, "not read", "it has no column `file`")]
    missing = [r["file"] for r in rows if not (root / (r["file"] or "")).is_file()]
    return {r["file"]: r for r in rows}, [
        _problem("metadata.csv", None, "not read", f"names a missing file: {f}") for f in missing
    ]


def _problem(source_file, doc_id, what, why):
    return {"source_file": source_file, "doc_id": doc_id, "what": what, "why": why}


def _read_file(path, name, sidecar):
    """(record or None, problems) of each article of one file; whatever goes wrong inside it stays inside it."""
    ordinal = 0
    try:
        with open(path, "rb") as stream:
            importer = importer_for(path, stream.read(HEAD))
        found = None
        for found in importer.read(path):
            file = f"{name}/{found['member']}" if found.get("member") else name
            if "problem" in found:
                yield None, [_problem(file, found.get("id"), *found["problem"])]
                continue
            ordinal += 1
            record, trouble = _article(found, file, ordinal, sidecar.get(name, {}))
            own = record["doc_id"] if record else _doc_id(found, file, ordinal)
            yield record, [_problem(file, own, *t) for t in trouble]
        if found is None:
            raise Unreadable("no article found in it")
    except (Unreadable, OSError) as error:
        yield None, [_problem(name, None, "not read", getattr(error, "strerror", None) or str(error))]
    except Exception as error:  # an importer's own fault must not cost the corpus
        yield None, [_problem(name, None, "not read", f"{type(error).__name__}: {str(error)[:200]}")]


def _doc_id(record, name, ordinal):
    """The source's own id, else the file's name (less .txt) and the record's place in it."""
    own = str(record.get("id") or "").strip()
    return own or f"{re.sub(r'[.]txt$', '', name, flags=re.I)}-{ordinal:03d}"


def _article(found, name, ordinal, metadata):
    """One row of `articles` (or None) and the (what, why) of its problems."""
    given = {k: metadata.get(k) or found.get(k) for k in FIELDS if k != "text"}
    field = {k: as_printed(str(v)) or None if v not in (None, "") else None for k, v in given.items()}
    title = re.sub(r"\s+", " ", field["title"]) if field["title"] else None
    body, furniture = _without_furniture(as_printed(str(found.get("text") or "")))
    body = _without_doubled(body, title)
    if field["lead"]:
        body = field["lead"] + "\n\n" + _without_doubled(body, field["lead"])
    refusal, language = _refusal(body)
    if refusal:
        return None, [refusal]
    text = f"{title}\n\n{body}" if title else body
    date, trouble = parse_date(field["date"]), []
    if field["date"] and date is None:
        trouble.append(("repaired: date", f"not understood, left missing: {field['date'][:40]}"))
    first_paragraph = len(field["lead"] or body.split("\n", 1)[0])
    outlet, edition, channel = outlet_of(field["outlet"])
    return {
        "doc_id": _doc_id(found, name, ordinal),
        "outlet": outlet,
        "edition": field["edition"] or edition,
        "channel": channel,
        "author": field["author"],
        "date": date,
        "section": field["section"],
        "page": field["page"],
        "length": _whole(field["length"]),
        "title": title,
        "text": text,
        "url": _address(field["url"]),
        "language": language,
        "source_file": name,
        "n_words": n_words(body),
        "furniture": furniture,
        "lead_end": len(text) - len(body) + first_paragraph,
    }, trouble


def outlet_of(text):
    """(outlet, edition, channel) of a source's name: "Le Figaro (site web)" and "Le Figaro, no. 24012" are one outlet."""
    if not text:
        return None, None, None
    name = re.sub(r"[,;]\s*pp?\.\s*\w+$", "", re.sub(r"\s+", " ", text).strip(" ,;"))
    edition = _EDITION.search(name)
    name = name[: edition.start()] + name[edition.end() :] if edition else name
    channel = _CHANNEL.search(name)
    name = name[: channel.start()] + name[channel.end() :] if channel else name
    found = name.strip(" ,;-–"), edition and edition[1].strip(), channel and channel[1].strip().lower()
    return found[0] or text, *found[1:]


def _whole(text):
    return int(text) if text and text.isdigit() else None


def _address(url):
    """The address of an article; none where it names the library through which somebody read it."""
    host = re.match(r"\w+://([^/?#]*)", url or "")
    return None if not url or host and _LIBRARY.search(host[1]) else url


def _refusal(body):
    """Why a body can't be analysed, as (what, why) or None; and its language."""
    if not body:
        return ("not read", "no text"), None
    if len(body) > LONGEST_ARTICLE:
        return (
            "set aside",
            f"{len(body):,} characters: too long for one article (limit {LONGEST_ARTICLE:,}); split the file",
        ), None
    language = detect_language(body)
    if language not in (None, "fr"):
        return ("set aside", f"not in French: its language seems to be “{language}”"), language
    return None, language


def _without_doubled(body, opening):
    """The body without a first line that repeats its title or standfirst."""
    first, _, rest = body.partition("\n")
    same = opening and rest.strip() and _bare(first) == _bare(opening)
    return rest.lstrip("\n") if same else body


def _bare(text):
    return re.sub(r"\W+", " ", analysis_copy(text).casefold()).strip()


@cache
def _furniture_pattern():
    with open(LEXICONS / "furniture" / "lexicon.csv", encoding="utf-8", newline="") as stream:
        return re.compile("|".join(f"(?:{row['pattern']})" for row in csv.DictReader(stream)), re.I)


def _without_furniture(text):
    """(text, furniture): lines that are wholly page furniture taken out, and what they said."""
    kept, removed = [], []
    for line in text.split("\n"):
        bare = analysis_copy(line).strip(" .:…!→>»[]|•-")
        (removed if bare and len(bare) < 200 and _furniture_pattern().fullmatch(bare) else kept).append(line)
    return as_printed("\n".join(kept)), " | ".join(removed) or None


@cache
def _eld():
    import eldc

    eldc.init()
    return eldc


def detect_language(text):
    """The ISO 639-1 code of a text's language, or None where it is too short (under 40 letters) or unsure."""
    letters = re.sub(r"[\W\d_]+", " ", text[:5000])
    if len(letters.strip()) < 40:
        return None
    found = _eld().detect(letters)
    return getattr(found, "language", found) or None


def parse_date(text):
    """A timestamp from an ISO, numeric (day first) or written French or English date; None if it isn't a full date."""
    if not text or not re.search(r"\d{4}", text):
        return None
    iso = re.match(r"\d{4}-\d{2}-\d{2}", text.strip())
    if iso:
        stamp = pd.to_datetime(iso.group(), errors="coerce")
    else:
        import dateparser

        settings = {"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"], "RETURN_AS_TIMEZONE_AWARE": False}
        found = dateparser.parse(re.sub(r"\b1er\b", "1", text), languages=["fr", "en"], settings=settings)
        stamp = pd.to_datetime(found.replace(tzinfo=None) if found else None)
    return None if pd.isna(stamp) or not 1700 <= stamp.year <= 2200 else stamp.normalize()


def _told_once(record, seen, ids):
    """(record, problems): None for what came before word for word; a doc_id that is taken gets a number.

    seen, ids: what came before, {content: doc_id} and {doc_id: source_file}; the record is added to them.
    """
    content = repr([record[k] for k in ("title", "text", "outlet", "date", "url")])
    key = hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    wanted, file = record["doc_id"], record["source_file"]
    if key in seen:
        return None, [_problem(file, wanted, "set aside", f"identical to {seen[key]}")]
    own, n = wanted, 2
    if own in ids and ids[own] != file:
        own = f"{file}:{wanted}"
    while own in ids:
        own, n = f"{wanted}-{n}", n + 1
    seen[key], ids[own] = own, file
    taken = [_problem(file, own, "repaired: id", f"“{wanted}” was taken")] if own != wanted else []
    return record | {"doc_id": own}, taken


def _duplicate_groups(articles, *, similarity=0.7):
    """For each article the first doc_id of its group of near-copies, else missing.

    Texts are compared by MinHash over their five-word shingles (Broder 1997): pairs that agree on one band of the sketch are
    candidates, and near-copies where the sketches agree on `similarity` of their values; groups are what such pairs connect.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    sketches = np.array([_sketch(text) for text in articles["text"]]).reshape(-1, _SKETCH)
    pairs = {
        pair
        for band in range(0, _SKETCH - _BAND + 1, _BAND)
        for pair in _consecutive(sketches[:, band : band + _BAND])
        if (sketches[pair[0]] == sketches[pair[1]]).mean() >= similarity
    }
    one, other = np.array(sorted(pairs), dtype=int).reshape(-1, 2).T
    n = len(articles)
    group = connected_components(coo_array((np.ones(len(one)), (one, other)), shape=(n, n)), directed=False)[1]
    group = pd.Series(group, index=articles.index)
    first = articles["doc_id"].groupby(group).transform("first")
    return first.where(group.duplicated(keep=False))


def _sketch(text):
    from datasketch import MinHash

    words = _bare(text).split()
    sketch = MinHash(num_perm=_SKETCH, hashfunc=_hash)
    sketch.update_batch([" ".join(words[i : i + 5]).encode() for i in range(max(1, len(words) - 4))])
    return sketch.hashvalues.astype("uint32")


def _consecutive(band):
    """Pairs of rows with the same values in a band, each row with the next one that has them."""
    alike = pd.DataFrame(np.ascontiguousarray(band)).groupby(list(range(band.shape[1])), sort=False).ngroup()
    order = np.argsort(alike.to_numpy(), kind="stable")
    same = np.flatnonzero(np.diff(alike.to_numpy()[order]) == 0)
    return zip(order[same].tolist(), order[same + 1].tolist())


def without_copies(articles):
    """The articles with each group of near-copies reduced to its first: a text that several outlets ran counts once."""
    copy = articles["duplicate_group"].notna() & (articles["duplicate_group"] != articles["doc_id"])
    return articles[~copy].reset_index(drop=True)


def _hash(data):
    return int.from_bytes(hashlib.blake2b(data, digest_size=4).digest(), "big")
