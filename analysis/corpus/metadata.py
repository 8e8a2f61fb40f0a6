"""What an article says of itself: its outlet, date and language, and what in it is the page's rather than its own."""

import csv
import re
from functools import cache

import pandas as pd

from ..text.places import LEXICONS
from ..text.typography import analysis_copy, as_printed

PERIODS = {"week": "W-SUN", "month": "M", "year": "Y"}  # of pandas, by what `group_by` and figures call them
_EDITION = re.compile(r"[,;]\s*(?:no\.?|n[°º]|num[ée]ro)\s*(\d[\d\s./-]*)(?=[,;(]|$)", re.I)
_CHANNEL = re.compile(
    r"\s*\(\s*((?:r[ée]f\. )?(?:site|blogs?|web|tablette|application|papier|imprim[ée]|print|online|en ligne)[^()]*)\)",
    re.I,
)
_LINKED = 160  # characters of another article's title, below a bare "Lire aussi"
_MARK = 80  # characters of a comment's own head or foot
_COMMENT = re.compile(  # a comment's own head or foot
    r"^\s*(?:répondre|signaler|partager)(?: +\W? *(?:répondre|signaler|partager))*\s*$|\bil y a \d+ (?:minutes?|heures?|jours?|mois|ans?)\W*$|"
    r"^(?!mis à jour|publié|modifié).*\b(?:le |^)?\d{1,2}[ /.](?:\d{1,2}|[a-zéû]+)[ /.]\d{2,4},? ?(?:à|-|–)? ?\d{1,2} ?[h:] ?\d{2}\W*$|\ba (?:écrit|commenté|répondu) ?:",
    re.I,
)
_WISH = re.compile(r"(?:à )?(?:lire|voir|suivre|écouter|retrouver|découvrir|recevoir|partager|envoyer|(?:s'|se )?\w+er)\b", re.I)
_LIBRARY = re.compile(r"europresse|eureka\.cc|factiva|proxy|bases?-?doc|ezp|oclc", re.I)


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


def whole(text):
    """The whole number that a text is, else None."""
    return int(text) if text and text.isdigit() else None


def address(url):
    """The address of an article; none where it names the library through which somebody read it."""
    host = re.match(r"\w+://([^/?#]*)", url or "")
    return None if not url or host and _LIBRARY.search(host[1]) else url


def without_doubled(body, opening):
    """The body without a first line that repeats its title or standfirst."""
    first, _, rest = body.partition("\n")
    same = opening and rest.strip() and bare(first) == bare(opening)
    return rest.lstrip("\n") if same else body


def bare(text):
    """The words of a text alone, in lower case: what two printings of it share."""
    return re.sub(r"\W+", " ", analysis_copy(text).casefold()).strip()


@cache
def _furniture(below=None):
    """The pattern of furniture, or of that alone below which something else (a title, comments) is furniture too."""
    with open(LEXICONS / "furniture" / "lexicon.csv", encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if below in (None, row["below"])]
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows), re.I)


def without_furniture(text):
    """(text, furniture): lines that are wholly page furniture taken out, with the title of another article below a bare "Lire aussi"
    and the readers' comments that end a page; and what they said."""
    text, comments = _without_comments(text)
    kept, removed, announced = [], [], False
    for line in text.split("\n"):
        bare = _bare_line(line)
        is_title = announced and bare and len(bare) <= _LINKED and line.rstrip()[-1] not in ".;:,"
        ours = bare and len(bare) < 200 and _furniture().fullmatch(bare) and not _is_sentence(line)
        (removed if ours or is_title else kept).append(line)
        announced = bool(_furniture("title").fullmatch(bare)) or announced and not bare
    return as_printed("\n".join(kept)), " | ".join(filter(None, [*removed, comments])) or None


def _is_sentence(line):
    """Whether a line that begins like a button is a sentence of the article: "S'abonner à un journal local coûte cher."""
    return line.rstrip().endswith(".") and len(line.split()) > 6 and bool(_WISH.match(analysis_copy(line).strip()))


def _bare_line(line):
    bare = analysis_copy(line).strip(" .:…!→>»›[]|•*_-–—▶►")
    return bare[1:-1].strip() if bare.startswith("(") and bare.endswith(")") else bare


def _without_comments(text):
    """(text, comments): what stands below a heading of comments, where it looks like them and is no article; the heading stays to be
    taken out as furniture."""
    lines = text.split("\n")
    for at in [i for i, line in enumerate(lines) if i and _furniture("comments").fullmatch(_bare_line(line))]:
        above, below = "\n".join(lines[:at]), [line for line in lines[at + 1 :] if line.strip()]
        length, heads = sum(map(len, below)), sum(len(line) < _MARK and bool(_COMMENT.search(analysis_copy(line))) for line in below)
        counted = re.search(r"\d", lines[at]) and length < len(above) / 2
        if below and (heads > 1 or heads and length < len(above) or counted):
            return "\n".join(lines[: at + 1]), " | ".join(below)
    return text, None


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
