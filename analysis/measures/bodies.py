"""Bodies: organisations told by the words around or inside their names ("la start-up Semblanc", "préfecture des Alpes", "l'AS Roche")."""

import re

from ..reading.syntax import is_verb
from .capitals import Name, capital, run_of
from .catalogue import key
from .listed import first_names
from .references import ends_phrase, is_people, role_at


def _institutions(doc):
    """Bodies named by what they are and where or of what ("préfecture des Alpes-Maritimes", "comité russe d'investigation")."""
    for token in doc:
        if (
            token.pos_ not in {"NOUN", "PROPN"}
            or (found := role_at(doc, token.i)) is None
            or found[1]["type"] != "organisation"
        ):
            continue
        last, row, _, plural = found
        if plural or row["fits"].isdisjoint(_NAMED_BY_KIND) or row["rank"] == "3":
            continue
        at = last
        for t in doc[last + 1 : last + 10]:
            if ends_phrase(t) or is_verb(t) and "Part" not in t.morph.get("VerbForm"):
                break
            if (
                t.lower_ not in _OF
                and not capital(t)
                and not (t.pos_ == "ADJ" or t.pos_ == "NOUN" and doc[t.i - 1].lower_ in _OF)
                or capital(t)
                and key(t.text) in first_names()
                and doc[t.i - 1].lower_ in _OF
            ):
                break  # "le régime de Pierre Nkurunziza" is no name
            at = t.i
        while at > last and (doc[at].lower_ in _OF):
            at -= 1
        words = doc[last + 1 : at + 1]
        if not len(words):
            continue
        first = words[0]
        tied = capital(first) and capital(token) or first.lower_ in _OF or first.pos_ == "ADJ"
        told = first.lower_ in _RANGE or is_people(first.text) or "ministry" in row["fits"] and first.lower_ in _OF
        if tied and (told or any(capital(t) and not t.is_sent_start for t in words)):
            yield Name(doc, token.i, at, "organisation", True, None, None)


def _apposed(doc):
    """Organisations named after what they are and more words ("le géant de la sécurité privée Sentria", "au parti Projet Lieu")."""
    for token in doc:
        found = role_at(doc, token.i) if token.pos_ in {"NOUN", "PROPN"} and not capital(token) else None
        if found is None or found[1]["type"] != "organisation" or found[1]["rank"] == "3" or found[3]:
            continue
        for t in doc[found[0] + 1 : found[0] + 7]:
            if capital(t):
                ready = doc[t.i - 1].pos_ in {"NOUN", "ADJ"} or doc[t.i - 1].i == found[0]
                run = run_of(doc, t.i) if ready and t.ent_type_ != "PER" and key(t.text) not in first_names() else None
                if run is not None and not is_people(t.text):
                    yield Name(doc, *run, "organisation", t.i > found[0] + 1 and found[1]["rank"] == "1")
                break
            if ends_phrase(t) or t.pos_ not in {"ADP", "DET", "NOUN", "ADJ"}:
                break


_RANGE = {*("régional", "régionale", "général", "générale", "national", "nationale", "départemental", "départementale", "municipal", "municipale"),
          *("supérieur", "supérieure", "européen", "européenne", "central", "centrale", "constitutionnel", "constitutionnelle", "fédéral", "fédérale")}  # fmt: skip


def _with_acronym(doc):
    """Bodies in small letters whose acronym follows in brackets ("agence régionale de santé (ARS)")."""
    for token in [doc[bracket.i + 1] for bracket in doc[1:-1] if bracket.text == "("]:
        letters = re.sub(r"[^A-Za-zÉ]", "", token.text).upper()
        if not 2 <= len(letters) <= 8 or not capital(token):
            continue
        i, left = token.i - 2, len(letters)
        while (
            i >= doc[token.i - 1].sent.start
            and left
            and token.i - i < 18
            and not (doc[i].is_punct and doc[i].text not in "-'")
        ):
            word = key(doc[i].text)
            if word and left and word[0].upper() == key(letters[left - 1]).upper():
                left -= 1
            elif (
                word not in _OF
                and not word.startswith(("d", "l"))
                and left < len(letters)
                and doc[i].pos_ not in {"ADJ", "NOUN", "PROPN"}
            ):
                break
            i -= 1
        first = i + 1
        body = (
            (found := role_at(doc, first)) is not None
            and found[1]["type"] == "organisation"
            or any(capital(t) and not t.is_sent_start for t in doc[first : token.i - 1])
        )  # "indice des prix (IPC)" is none
        if not left and body and first < token.i - 2 and doc[first].pos_ in {"NOUN", "PROPN", "ADJ"}:
            yield Name(doc, first, token.i - 2, "organisation", True)


def after_their_kind(doc):
    """Organisations named right after what they are ("la start-up Semblanc", "le groupe Orsane", "l'italien Papiro")."""
    for token in doc[:-1]:
        nxt = doc[token.i + 1]
        if not capital(nxt) or nxt.is_sent_start or capital(token) and not token.is_sent_start:
            continue
        found = role_at(doc, token.i) if token.pos_ in {"NOUN", "ADJ", "PROPN"} else None
        kind = (
            found is not None
            and found[0] == token.i
            and not found[3]
            and found[1]["type"] == "organisation"
            and found[1]["rank"] != "3"
        )
        before = doc[token.i - 1].lower_ if token.i else ""
        nation = before in {"le", "l'", "du", "au"} and is_people(token.text) and not nxt.ent_type_ == "PER"
        if (
            (kind or nation)
            and (run := run_of(doc, token.i + 1)) is not None
            and not (nation and key(nxt.text) in first_names())
        ):
            if nxt.ent_type_ != "LOC" or kind and "club" not in found[1]["fits"] and found[1]["field"] == "business":
                yield Name(doc, *run, "organisation", True)


def _clubs(doc):
    """Clubs by their usual initials or head word ("AS Vernasque", "Stade montfortain")."""
    for token in doc[:-1]:
        if token.text in _CLUB and not doc[token.i + 1].is_sent_start:
            nxt = doc[token.i + 1]
            if capital(nxt) and (run := run_of(doc, token.i + 1)) is not None:
                yield Name(doc, token.i, run[1], "organisation", True)
            elif (
                nxt.pos_ == "ADJ"
                and token.text[1:].islower()
                and nxt.text.islower()
                and token.i
                and doc[token.i - 1].lower_ in {"le", "l'", "du", "au", "la"}
            ):
                yield Name(doc, token.i, nxt.i, "organisation", True)


_CLUB = {*("AS", "US", "FC", "SC", "RC", "AJ", "OGC", "CA", "SO", "SU", "USO"),
         *("Stade", "Olympique", "Racing", "Union", "Entente", "Aviron", "Sporting")}  # fmt: skip
_NAMED_BY_KIND = {*("ministry", "government", "court", "police", "army", "agency", "federation"),
                  *("parliament", "university", "hospital", "institute", "union", "international")}  # fmt: skip
_OF = {"de", "du", "des", "d'", "la", "le", "l'", "les", "pour", "à", "aux", "au", "en", "sur"}


def bodies(doc):
    """The :class:`Name` of each organisation that its own words or its acronym tell."""
    return [*_with_acronym(doc), *_institutions(doc), *_clubs(doc), *_apposed(doc)]
