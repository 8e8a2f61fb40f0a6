"""Articles in: one row per article, and a row for everything that could not be read."""

import csv
import hashlib
import re
import warnings
from pathlib import Path

import pandas as pd

from ..text.tables import DATE, TEXT, WHOLE, table
from ..text.typography import as_printed, n_words
from .copies import duplicate_groups
from .genres import genre_of
from .importers import FIELDS, HEAD, Unreadable, decoded, importer_for
from .metadata import address, detect_language, outlet_of, parse_date, whole, without_doubled, without_furniture
from .repairs import mended

LONGEST_ARTICLE = 1_000_000
_AT_ONCE = 1000
NOT_ARTICLES = {"actors.yaml", "study.yaml", "events.csv", "metadata.csv", "corrections.csv"}
_OURS = {"frames", "lexicons", "codings", "codebooks"}  # folders of a study that hold no articles
TABLES = {
    "articles": {
        "doc_id": TEXT, "outlet": TEXT, "edition": TEXT, "channel": TEXT, "author": TEXT, "date": DATE, "section": TEXT,
        "page": TEXT, "length": WHOLE, "title": TEXT, "text": TEXT, "url": TEXT, "language": TEXT, "source_file": TEXT,
        "n_words": WHOLE, "duplicate_group": TEXT, "genre": TEXT, "lead_end": WHOLE, "furniture": TEXT,
    },
    "problems": {"source_file": TEXT, "doc_id": TEXT, "what": TEXT, "why": TEXT, "held": WHOLE, "gave": WHOLE},
}  # fmt: skip

_DATELINE = re.compile(  # "Paris, 4 mars 2026 –", "1er janvier 2016, 14h30 . –"
    r"(?:[^\W\d_][\w'’. /()-]{0,60}?[,:–—-]? ?)?(?:le )?(?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche )?\d{1,2}(?:er)? (?:janvier|février|mars|avril|mai|juin|juillet|août|"
    r"septembre|octobre|novembre|décembre)(?: \d{4})?(?:,? ?(?:à )?\d{1,2} ?[h:] ?(?:\d{2})?)?[\s.,:–—-]*",
    re.I,
)


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

    Reads what the README lists (press exports, documents, tables, web pages, archives of these), told apart by content. For text files the
    metadata stand in a header (see the README) or in `metadata.csv` (column `file`, and any of the fields).
    `articles.text` is title, blank line, body, with page furniture taken out (kept in `articles.furniture`).
    `language` is detected; articles in another language than French are set aside. `date` is missing where it
    isn't understood. `duplicate_group` is the doc_id of the first of several near-identical texts, else missing. `genre` is
    interview, transcript, live, letter, dispatch or list where the form says so plainly, else missing.

    problems: one row for each file or record not read, set aside, or repaired on the way in; `held` is how many records its file was
    found (or says) to hold, missing where nothing could be read of it, `gave` how many of them became articles.
    Raises FileNotFoundError if `path` does not exist.
    """
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"no such folder or file: {path}")
    root = path if path.is_dir() else path.parent
    sidecar, problems = _sidecar(root)
    tables, records, seen, ids = [table(TABLES["articles"])], [], {}, {}
    for file in _files(path):
        told, gave, held = [], 0, 0
        for record, trouble, more in _read_file(file, file.relative_to(root).as_posix(), sidecar):
            held += more
            if record:
                record, again = _told_once(record, seen, ids)
                trouble += again
            records += [record] if record else []
            told, gave = told + trouble, gave + bool(record)
            if len(records) == _AT_ONCE:
                tables, records = [*tables, table(TABLES["articles"], records)], []
        problems += [p | {"held": held or None, "gave": gave} for p in told]
    articles = pd.concat([*tables, table(TABLES["articles"], records)], ignore_index=True)
    articles["duplicate_group"] = duplicate_groups(articles).astype("str")
    return articles, table(TABLES["problems"], problems)


def _files(path):
    if path.is_file():
        return [path]
    found = [p for p in path.rglob("*") if p.is_file() or p.is_symlink()]
    return sorted(p for p in found if _may_hold_articles(p.relative_to(path)))


def _may_hold_articles(relative):
    hidden = any(part.startswith((".", "~$")) for part in relative.parts)
    ours = (
        relative.name in NOT_ARTICLES or relative.stem.upper() in {"README", "LICENSE"} or relative.parts[0] in _OURS
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
    """(record or None, problems, how many records of the file this is) of each article; whatever goes wrong inside it stays inside it."""
    ordinal = 0
    try:
        with open(path, "rb") as stream:
            importer = importer_for(path, stream.read(HEAD))
        found = None
        for found in importer.read(path):
            file = f"{name}/{found['member']}" if found.get("member") else name
            if "problem" in found:
                n = found.get("records", int(found["problem"][0] in {"not read", "set aside"}))
                yield None, [_problem(file, found.get("id"), *found["problem"])], n
                continue
            ordinal += 1
            record, trouble = _article(found, file, ordinal, sidecar.get(name, {}))
            own = record["doc_id"] if record else _doc_id(found, file, ordinal)
            yield record, [_problem(file, own, *t) for t in trouble], 1
        if found is None:
            raise Unreadable("no article found in it")
    except (Unreadable, OSError) as error:
        yield None, [_problem(name, None, "not read", getattr(error, "strerror", None) or str(error))], 0
    except Exception as error:  # an importer's own fault must not cost the corpus
        yield None, [_problem(name, None, "not read", f"{type(error).__name__}: {str(error)[:200]}")], 0


def _doc_id(record, name, ordinal):
    """The source's own id, else the file's name (less .txt) and the record's place in it."""
    own = str(record.get("id") or "").strip()
    return own or f"{re.sub(r'[.]txt$', '', name, flags=re.I)}-{ordinal:03d}"


def _article(found, name, ordinal, metadata):
    """One row of `articles` (or None) and the (what, why) of its problems."""
    given = {k: metadata.get(k) or found.get(k) for k in FIELDS if k != "text"}
    field = {k: as_printed(str(v)) or None if v not in (None, "") else None for k, v in given.items()}
    title = re.sub(r"\s+", " ", field["title"]) if field["title"] else None
    body, repaired = mended(str(found.get("text") or ""))
    body, furniture = without_furniture(body)
    body = without_doubled(body, title)
    if field["lead"]:
        body = field["lead"] + "\n\n" + without_doubled(body, field["lead"])
    refusal, language = _refusal(body)
    if refusal:
        return None, [refusal]
    text = f"{title}\n\n{body}" if title else body
    date, trouble = parse_date(field["date"]), [("repaired: text", what) for what in repaired]
    if field["date"] and date is None:
        trouble.append(("repaired: date", f"not understood, left missing: {field['date'][:40]}"))
    first_paragraph = len(field["lead"] or _first_paragraph(body))
    outlet, edition, channel = outlet_of(field["outlet"])
    author = re.sub(r"^(?:par|by)\s+", "", field["author"], flags=re.I) if field["author"] else None
    return {
        "doc_id": _doc_id(found, name, ordinal),
        "outlet": outlet,
        "edition": field["edition"] or edition,
        "channel": channel,
        "author": author,
        "date": date,
        "section": field["section"],
        "page": field["page"],
        "length": whole(field["length"]),
        "title": title,
        "text": text,
        "url": address(field["url"]),
        "language": language,
        "source_file": name,
        "n_words": n_words(body),
        "genre": genre_of(title, body, outlet=outlet, author=author, section=field["section"], furniture=furniture),
        "furniture": furniture,
        "lead_end": len(text) - len(body) + first_paragraph,
    }, trouble


def _first_paragraph(body):
    """The first paragraph of a body, with the line before it that holds a place and a date alone."""
    first, _, rest = body.partition("\n")
    if not rest.strip() or not _DATELINE.fullmatch(first.strip()):
        return first
    return body[: len(body) - len(rest.lstrip("\n"))] + rest.lstrip("\n").partition("\n")[0]


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
