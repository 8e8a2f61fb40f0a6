"""References: the roles and common nouns, and the pronouns, by which an article may mean somebody whom it names.

Here they are only found, with what is known of each; whom they stand for is told by :mod:`.resolving`.
"""

import re

from ..reading.lexicon import closed_list, from_lexicons, lexicon_rows, load_lexicon
from ..reading.syntax import is_verb
from .catalogue import key, keys
from .pronouns import Reference, pronoun

_DEFINITE = {"le": "m", "la": "f", "l'": None, "les": None, "du": "m", "au": "m", "aux": None, "des": None}
_THIS = {"ce": "m", "cet": "m", "cette": "f", "ces": None}
_ITS = {"son", "sa", "ses", "leur", "leurs"}
_BEFORE = {"ancien", "ancienne", "ex", "futur", "future", "jeune", "nouveau", "nouvelle", "actuel", "actuelle", "célèbre", "premier", "première",
           "vice", "petit", "petite", "grand", "grande", "principal", "principale", "deuxième", "second", "seconde", "autre", "même", "seul", "seule"}  # fmt: skip


def references(doc):
    """The :class:`Reference` of each pronoun and each definite noun phrase of a role or kind in a doc, in order."""
    made, free = [], 0
    for token in doc:
        if token.i < free or token.pos_ in _NEVER:
            continue
        one = pronoun(token) or _latter(token) or description(token) or _inhabitant(token)
        if one is not None:
            made.append(one)
            found = role_at(doc, token.i) if one.noun else None
            free = found[0] + 1 if found else free
    return made


_NEVER = {"PUNCT", "SPACE", "ADP", "DET", "CCONJ", "SCONJ", "NUM", "SYM", "AUX"}

# --- pronouns


def _latter(token):
    """ce dernier, cette dernière, ces derniers, l'intéressé."""
    word, before = token.lower_, token.doc[token.i - 1] if token.i else None
    if word in {"dernier", "dernière", "derniers", "dernières"} and before is not None and before.lower_ in _THIS:
        after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
        if after is None or after.pos_ not in {"NOUN", "PROPN"}:
            return Reference(
                before.idx,
                token.idx + len(token),
                token,
                "description",
                "f" if "è" in word else "m",
                word.endswith("s"),
                latter=True,
                determiner="this",
            )
    return None


# --- roles and kinds


def key_of(phrase):
    """The key of a phrase whose apostrophes stay, so that what follows "de" can be told from it."""
    return re.sub(r"\s+", " ", key(phrase.replace("'", "' ")).replace(" l ", " l'").replace(" d ", " d'"))


@from_lexicons("roles")
def roles():
    """{key of the first word: [(words, entry's row, gender told by the form)]} of the nouns that may stand for somebody."""
    made = {}
    for row in load_lexicon("roles", key=("entry", "type")).to_dict("records"):
        row["fits"] = (
            frozenset(re.sub(r".*fits:\s*", "", part).strip() for part in row["note"].split(";") if part)
            if "fits:" in row["note"]
            else frozenset()
        )
        same = re.sub(r"^=\s*", "", row["note"]).split(";")[0].strip() if row["note"].startswith("=") else ""
        row["noun"], _, row["of"] = re.sub(
            r" (?:de la|de l'|des|du|de|d'|aux?|à la) ?", " de ", key_of(same or row["entry"])
        ).partition(" de ")
        for form, gender in ((row["entry"], "m" if row["feminine"] else None), (row["feminine"], "f")):
            if form:
                words = tuple(key(w) for w in re.findall(r"[^\s']+'?", form))
                for said in {words, tuple(w for word in words for w in re.split("( )", word))}:
                    made.setdefault(said[0], []).append((tuple(w.strip() for w in said), row, gender))
    return {first: sorted(forms, key=lambda f: -len(f[0])) for first, forms in made.items()}


def role_at(doc, i):
    """(last token, row of the list, gender, plural) of the role noun that begins at a token, or None."""
    if "roles" not in doc.user_data:
        listed = roles()
        doc.user_data["roles"] = {
            t.i: found for t in doc if t.pos_ in _NOUNS and (found := _role(doc, t.i, listed)) is not None
        }
    return doc.user_data["roles"].get(i)


_NOUNS = {"NOUN", "PROPN", "ADJ", "X"}


def _role(doc, i, listed):
    word = keys(doc)[i]
    if doc[i].text[:1] != "-" and word.startswith(("ex ", "vice ", "co ")):
        word = word.partition(" ")[2]
    for said, plural in (
        (word, False),
        (word[:-1] if word[-1:] in {"s", "x"} else word, True),
        (word[:-3] + "al" if word.endswith("aux") else word, True),
    ):
        if plural and said == word:
            continue
        for words, row, gender in listed.get(said, ()):
            accented = row["entry"].split(" ")[0].endswith("é") and doc[i].text.islower()
            if accented and "é" not in doc[i].lower_[-3:]:
                continue  # "suicide" is nobody, "suicidé" somebody
            if len(words) == 1 or keys(doc)[i + 1 : i + len(words)] == list(words[1:]):
                return i + len(words) - 1, row, gender, plural
    if doc[i].pos_ == "NOUN" and _PERSON.search(word) and doc[i].text.islower():
        return (
            i,
            {
                "entry": doc[i].lower_,
                "noun": word,
                "of": "",
                "type": "person",
                "field": "unlisted",
                "rank": "3",
                "fits": frozenset(),
            },
            _gender_of(word),
            False,
        )
    return None


_PERSON = re.compile(
    r"(?:euse|trice|iste|ologue|icien|icienne|crate|naute|aure?ate?)$"
)  # nouns of no list that people are called by


def _gender_of(word):
    return "f" if re.search(r"(?:euse|trice|icienne|eate)$", word) else "m" if word.endswith("icien") else None


def description(token):
    """The :class:`Reference` that a definite noun phrase of a role or kind is, by its noun; None of any other word."""
    found = role_at(token.doc, token.i)
    if found is None:
        return None
    last, row, gender, plural = found
    first, determiner, told = determined(token)
    if determiner is None:
        return None
    either = row["entry"] in closed_list("either_noun")
    by_form = gender is not None and not either
    gender = None if either else gender or told
    end, complement = complement_of(token.doc, last)
    complement = f"{row['of']} {complement}".strip()
    return Reference(
        token.doc[first].idx, end, token, "description", gender, plural or token.doc[first].lower_ in {"les", "des", "aux", "ces", "ses", "leurs"},
        row["noun"], row["type"], row["field"], row["fits"], int(row["rank"] or 2), determiner, complement, by_form=by_form,
    )  # fmt: skip


def determined(token):
    """(first token, the | this | its, gender) of the determiner of a noun, with adjectives between them; (i, None, None) without one."""
    doc, i = token.doc, token.i - 1
    while i >= token.sent.start and (
        doc[i].pos_ in {"ADJ", "NUM"}
        or key(doc[i].text) in _BEFORE
        or doc[i].text == "-"
        or doc[i].lower_.startswith(("ex-", "vice-"))
    ):
        i -= 1
    if i >= token.sent.start:
        word = doc[i].lower_
        for kind, words in (("the", _DEFINITE), ("this", _THIS), ("its", dict.fromkeys(_ITS))):
            if word in words:
                return i, kind, words[word]
    return token.i, None, None


def complement_of(doc, last):
    """(end, key) of the noun phrase from its role on: "de la Justice", "français", "de 24 ans"; up to a verb, a comma or a relative."""
    at = last
    for token in doc[last + 1 : last + 9]:
        if (
            ends_phrase(token)
            or is_verb(token)
            or token.lower_ in {"qui", "que", "qu'", "dont", "où", "et", "ou", "a", "est"}
        ):
            break
        if (
            token.pos_ in {"ADP", "DET"}
            and token.lower_ not in {"de", "du", "des", "d'", "la", "le", "l'", "les", "à", "aux"}
            or token.pos_ in {"ADV", "PRON", "SCONJ", "CCONJ", "AUX"}
        ):
            break
        if at == last and token.pos_ not in {"ADP", "ADJ", "NOUN", "PROPN", "DET"}:
            break
        if token.pos_ in {"NOUN", "PROPN"} and at == last and not token.text[:1].islower():
            break  # a name beside it
        at = token.i
    while at > last and doc[at].pos_ in {"ADP", "DET"}:
        at -= 1
    words = [key(t.text) for t in doc[last + 1 : at + 1] if t.pos_ not in {"ADP", "DET"}]
    return doc[at].idx + len(doc[at]), " ".join(words)


def ends_phrase(token):
    """Whether no noun phrase goes on with this token: another sentence begins, or a mark that is no hyphen parts them."""
    return token.is_sent_start or token.is_punct and token.text not in {"-", "'"}


def _inhabitant(token):
    """ "l'ancien Nantais", "la Québécoise": a capitalised word of a place's people, with its article."""
    if not token.text[:1].isupper() or token.is_sent_start or token.text.isupper():
        return None
    row = peoples().get(
        key(token.text), "m" if _PEOPLE.search(token.text) else "f" if _PEOPLE_F.search(token.text) else ""
    )
    if row == "" or token.ent_type_ == "PER":
        return None
    first, determiner, told = determined(token)
    if determiner is None or token.doc[first].lower_ in {"les", "des", "aux", "ces"}:
        return None
    return Reference(
        token.doc[first].idx,
        token.idx + len(token),
        token,
        "description",
        row or told,
        False,
        "inhabitant",
        "person",
        "place",
        frozenset(),
        2,
        determiner,
    )


_PEOPLE, _PEOPLE_F = re.compile(r"(?:ais|ois|ain|éen|ien)$"), re.compile(r"(?:aise|oise|aine|éenne|ienne)$")
PEOPLE = re.compile(f"{_PEOPLE.pattern}|{_PEOPLE_F.pattern}")


def is_people(word):
    """Whether a word names a place's people ("Suédoises")."""
    return not {key(word), re.sub(r"s$", "", key(word))}.isdisjoint(peoples())


@from_lexicons("states")
def peoples():
    """{key of a people's name: its gender}, "Nantais" m, "Nantaise" f."""
    made = {}
    for row in lexicon_rows("states"):
        one, _, told = row["demonym"].partition(";")
        if one:
            doubled = "ne" if one.endswith(("ien", "éen", "on")) else "" if one.endswith("e") else "e"
            feminine = told or re.sub("eau$", "el", one) + ("le" if one.endswith("eau") else doubled)
            made[key(one)] = "m" if feminine != one else None
            made.setdefault(key(feminine), "f")
    return made
