"""Europresse: the HTML that the database exports (layouts of 2021 and of 2023 and later); one `article` per article.

Read by class: the id (`publiC-lblNodoc`: kind·date·source·rest) gives the date, `DocPublicationName` outlet, edition and
channel, `DocHeader` section, length and page. The footer, which names who downloaded the file, is never read.
"""

import re

from ._bytes import decoded
from ._markup import pieces, soup, text_of

PRIORITY = 20
_OURS = re.compile(rb"publiC-lblNodoc|docOcurrContainer|titreArticleVisu|DocPublicationName|rdp__articletitle", re.I)
_ARTICLE, _NUMBER = re.compile(rb"<article[\s>]", re.I), re.compile(rb"publiC-lblNodoc[^>]*>[^<]*", re.I)
_FURNITURE = "aside, footer, img, script, style, .apd-wrapper, .rdp__attachnews, .ImageAttach, .link-not-hosted"
DAY = re.compile(
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday)?"
    r",?\s*(?:\d{1,2}(?:er)?\s+[^\W\d]+\.?\s+\d{4}|[^\W\d]+\.?\s+\d{1,2},?\s+\d{4})",
    re.I,
)
_AGAIN = "[Additional Text]:"


def recognises(path, head):
    return bool(_OURS.search(head))


def read(path):
    seen = set()
    for ordinal, piece in enumerate(pieces(path, _ARTICLE), 1):
        closed = b"</article" in piece.lower()
        parts = _articles(piece)
        if len(parts) > 1:
            yield {"problem": ("repaired: article", f"{len(parts)} articles in one, told apart by their numbers")}
        for part in parts:
            markup, notes = decoded(part)
            for record in _records(soup(markup), closed, ordinal):
                own = record.get("id")
                yield from ({"problem": note, "id": own} for note in notes if ordinal == 1 or "UTF-8" not in note[1])
                if own in seen:
                    yield {"problem": ("set aside", "the same article twice in one export"), "id": own}
                else:
                    yield record
                seen |= {own} if own and "problem" not in record else set()


def _articles(piece):
    """The articles in an `article`: one, but where an end is missing; the number stands last in each."""
    ends = [m.end() for m in _NUMBER.finditer(piece)]
    return [piece[a:b] for a, b in zip([0, *ends], [*ends[:-1], len(piece)])]


def _records(article, closed, ordinal):
    """The record of one `article`, and what is to be said of it."""
    own = text_of(article.select_one(".publiC-lblNodoc")) or None
    body = article.select_one(".docOcurrContainer") or article.select_one(".DocText")
    if article.select_one(".link-not-hosted") is not None and not _text(body):
        yield {"problem": ("not read", "its text is not in the export, only a link to it"), "id": own}
        return
    if not closed:
        yield {"problem": ("repaired: article", "the export is cut off: this article may lack its end"), "id": own}
    header = text_of(article.select_one(".DocHeader")).replace("\n", " ")
    text, repeated = _without_repeats(_text(body))
    if repeated:
        yield {"problem": ("repaired: text", f"{repeated} paragraph(s) repeated under “{_AGAIN}” left out"), "id": own}
    yield {
        "id": own or f"europresse-{ordinal:04d}",
        "title": _title(article),
        "text": text,
        "outlet": _first_line(article.select_one(".DocPublicationName, .rdp__DocPublicationName")),
        "author": text_of(article.select_one(".docAuthors, header > p.sm-margin-bottomNews")).replace("\n", ", ")
        or None,
        "date": _date(own, header),
        **of_header(header),
    }


def _text(body):
    if body is None:
        return ""
    for part in body.select(_FURNITURE):
        part.decompose()
    return text_of(body)


def _title(article):
    found = article.select_one(".titreArticleVisu, .rdp__articletitle, .titreArticle")
    return re.sub(r"\s+", " ", text_of(found)) or None


def _first_line(element):
    """The first text node that says something: what follows it in the element is furniture."""
    return next((re.sub(r"\s+", " ", s).strip() for s in element.stripped_strings), None) if element else None


def _date(own, header):
    code = re.search(r"·(\d{4})(\d{2})(\d{2})·", own or "")
    written = DAY.search(header)
    return "-".join(code.groups()) if code else written[0].strip(" ,") if written else None


def of_header(header):
    """Section, stated length and page of what a head says: "Section, lundi 16 octobre 2023 - 1 017 mots, p. 9"."""
    day = DAY.search(header)
    words = re.search(r"(\d[\d\s]*)\s*(?:mots|words)\b", header[day.end() if day else 0 :])
    page = re.search(r"\bpp?\.\s*([^\s,;]+)", header[day.end() if day else 0 :])
    return {
        "section": header[: day.start()].strip(" ,;-–|") or None if day else None,
        "length": re.sub(r"\D", "", words[1]) if words else None,
        "page": page[1] if page else None,
    }


def _without_repeats(text):
    """(text, number of paragraphs left out): what an appended "[Additional Text]:" only says again."""
    first, mark, rest = text.partition(_AGAIN)
    if not mark:
        return text, 0
    known = {re.sub(r"\W+", " ", line) for line in first.split("\n")}
    lines = [line for line in rest.split("\n") if line.strip()]
    new = [line for line in lines if re.sub(r"\W+", " ", line) not in known]
    return "\n".join([first.rstrip(), *new]), len(lines) - len(new)
