"""What the parse says of a verb: who does it, to whom, and whether it is denied. Shared by the measures."""

NOMINAL = {"NOUN", "PROPN", "PRON", "X", "NUM"}
_SHARES_SUBJECT = {"conj", "xcomp", "advcl", "parataxis", "ccomp"}


def is_verb(token):
    """Whether a token is a verb form (participles that the tagger calls adjectives are not)."""
    return token.pos_ in {"VERB", "AUX"}


def dependents(token, *deps):
    """The children of a token with one of these relations ("nsubj" also finds "nsubj:pass")."""
    return [c for c in token.children if c.dep_ in deps or c.dep_.split(":")[0] in deps]


def is_passive(verb):
    """Whether a verb form is passive: with its auxiliary, or reduced to a participle ("rejetée par l'équipe")."""
    if any(c.dep_ in {"aux:pass", "nsubj:pass"} for c in verb.children):
        return not inverted_subject(verb)
    return is_reduced(verb)


def is_reduced(verb):
    """Whether a verb is a bare past participle that says something of the noun it depends on, or is put before a clause."""
    past = (
        "Part" in verb.morph.get("VerbForm") and "Pres" not in verb.morph.get("Tense") and not verb.text.endswith("ant")
    )
    if not past or any(c.dep_.startswith("aux") for c in verb.children):
        return False
    return verb.dep_ in {"acl", "amod"} or _clause_after(verb) is not None


def _clause_after(verb):
    """The verb of the clause before which a participle with its complement in par is put ("Trahi par Ravel, Dumont part")."""
    if not any(_case(c) == "par" for c in verb.children):
        return None
    if verb.dep_ == "advcl":
        return verb.head if verb.head.i > verb.i else None
    behind = (c for c in verb.children if c.dep_ == "parataxis" and c.i > verb.i)
    return next(behind, None) if verb.dep_ == "ROOT" and not dependents(verb, "nsubj") else None


def antecedent(token):
    """The noun a relative pronoun stands for; the token itself if it is none."""
    if token.lower_ in {"qui", "que", "qu'", "dont"} and token.pos_ == "PRON":
        for up in token.ancestors:
            if up.dep_ == "acl:relcl":
                return up.head
            if up.dep_ not in _SHARES_SUBJECT | {"obj", "obl", "obl:arg", "cop"}:
                break
    return token


def governing(token):
    """The token whose place in the clause a name has: itself, or the noun it stands beside ("le président Paul Roy")."""
    while token.head != token and (
        token.dep_ in {"flat:name", "flat", "flat:foreign", "appos"}
        or token.dep_ == "nmod"
        and token.pos_ == "PROPN"
        and not any(c.dep_ == "case" for c in token.children)
    ):
        token = token.head
    return token


def subjects(verb, *, depth=4):
    """The tokens that are grammatical subject of a verb, found through coordination, infinitives and participles."""
    own = _marked_subjects(verb) or inverted_subject(verb)
    if own:
        behind = _second_subjects(verb)
        return [antecedent(c) for c in own if c not in behind]
    if (clause := _clause_after(verb)) is not None and is_reduced(verb):
        return subjects(clause, depth=depth - 1) if depth else []
    if is_reduced(verb) or verb.dep_ == "acl" and verb.head.pos_ in NOMINAL and verb.text.endswith("ant"):
        return [verb.head]
    if depth and verb.dep_ in _SHARES_SUBJECT | {"cop", "acl", "obl:arg"} and verb.dep_ != "acl:relcl":
        if verb.dep_ in {"ccomp", "parataxis"} and "Inf" not in verb.morph.get("VerbForm"):
            return []
        return subjects(verb.head, depth=depth - 1)
    return [verb.head] if verb.dep_ == "acl:relcl" and verb.head.pos_ in NOMINAL and depth == 4 else []


def inverted_subject(verb):
    """The subject that stands behind a verb after a comma or closing mark ("», tonne Paul") and is parsed as its object."""
    first = min([verb.i, *(c.i for c in verb.children if c.dep_.startswith(("aux", "expl")))])
    if (
        first <= verb.sent.start
        or verb.doc[first - 1].text not in {",", "»"}
        or "Fin"
        not in verb.morph.get("VerbForm")
        + [f for c in verb.children if c.dep_.startswith("aux") for f in c.morph.get("VerbForm")]
    ):
        return []
    return [
        c
        for c in verb.children
        if c.dep_ in {"obj", "nsubj:pass"} and verb.i < c.i <= verb.i + 4 and c.pos_ in {"PROPN", "NOUN"}
    ][:1]


def _marked_subjects(verb):
    return [c for c in dependents(verb, "nsubj") if c.dep_ != "nsubj:caus"]


def _second_subjects(verb):
    """What the parse takes for one more subject of a verb, behind it, though one stands before: its object."""
    found = _marked_subjects(verb)
    if not any(c.i < verb.i for c in found):
        return []
    return [c for c in found if c.i > verb.i and c.pos_ in {"PROPN", "NOUN"}]


def with_conjuncts(tokens):
    """These tokens and those coordinated with them ("Musk et Altman")."""
    return list(dict.fromkeys(t for token in tokens for t in (token, *(c for c in token.children if c.dep_ == "conj"))))


def agents(verb):
    """Who does it: the subject, or the complement in par of a passive."""
    if is_passive(verb):
        by = [c for c in verb.children if c.dep_ == "obl:agent" or c.dep_.startswith("obl") and _case(c) == "par"]
        reason = [c for c in verb.children if c.dep_ == "obl:arg" and not by]  # "accusé de corruption par Ravel"
        return with_conjuncts(by + [g for c in reason for g in dependents(c, "nmod") if _case(g) == "par"])
    return with_conjuncts(subjects(verb))


def patients(verb):
    """Who undergoes it: the object, or the subject of a passive."""
    if is_passive(verb):
        return with_conjuncts(subjects(verb))
    behind = inverted_subject(verb)
    # a name that the parse takes for a predicate ("a battu Dumont")
    named = [c for c in dependents(verb, "xcomp") if c.pos_ == "PROPN" and not _case(c)]
    found = [*(c for c in dependents(verb, "obj", "iobj") if c not in behind), *_second_subjects(verb), *named]
    return with_conjuncts([antecedent(c) for c in found])


def _case(token):
    return next((c.lower_ for c in token.children if c.dep_ == "case"), "")


def infinitive(verb):
    """The infinitive of a verb form: the parser's lemma, or simplemma's where the parser has none."""
    import simplemma

    known = [verb.lemma_.casefold(), simplemma.lemmatize(verb.lower_, lang="fr").casefold()]
    return next(
        (lemma for lemma in known if lemma.endswith(("er", "ir", "re", "oir"))), known[0] + "r" * known[0].endswith("e")
    )


def is_negated(token):
    """Whether a verb, noun or adjective is denied: ne … pas, jamais, aucun, sans, non."""
    verb = next((t for t in (token, token.head) if is_verb(t) or any(c.dep_ == "cop" for c in t.children)), None)
    near = [*token.children] + (
        [*verb.children] if verb is not None and (verb == token or token.dep_ in {"obj", "xcomp"}) else []
    )
    words = {c.lower_ for c in near if c.dep_ in {"advmod", "det", "case", "mark", "cc", "dep"}}
    if words & {"que", "qu'"} and "ne" in words and not words & {"pas", "jamais", "plus"}:
        return False
    return bool(
        words & {"pas", "jamais", "aucun", "aucune", "sans", "nul", "nulle", "nullement", "guère", "ni", "non"}
    ) or (bool(words & {"n'", "ne"}) and bool(words & {"plus", "rien", "personne"}))


def phrase(token):
    """(start, end) of the noun phrase of a token: its subtree without relative clauses, appositions, leading cases."""
    left, right = token.i, token.i
    for child in token.children:
        if child.dep_ in {
            "acl",
            "acl:relcl",
            "appos",
            "punct",
            "cc",
            "conj",
            "parataxis",
            "cop",
            "nsubj",
            "advcl",
            "case",
            "aux",
            "dep",
        }:
            continue
        tokens = [t.i for t in child.subtree if not t.is_punct]
        if tokens:
            left, right = min(left, *tokens), max(right, *tokens)
    doc = token.doc
    right = next((t.i - 1 for t in doc[token.i + 1 : right] if t.is_punct and t.text not in "-'()"), right)
    left = next((t.i + 1 for t in reversed(doc[left : token.i]) if t.is_punct and t.text not in "-'()"), left)
    return doc[left].idx, doc[right].idx + len(doc[right])


def clause(token):
    """(start, end) of all that depends on a token, within its sentence, without punctuation at its edges."""
    sentence = token.sent
    tokens = [t for t in token.subtree if sentence.start <= t.i < sentence.end]
    first, last = min(t.i for t in tokens), max(t.i for t in tokens)
    doc = token.doc
    while last > first and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    while first < last and (doc[first].is_punct or doc[first].is_space):
        first += 1
    return doc[first].idx, doc[last].idx + len(doc[last])


def role(token):
    """agent, patient or other: what a token is to the verb it depends on, directly or through coordination."""
    while token.dep_ in {"conj", "appos", "flat:name", "flat", "flat:foreign"} and token.head != token:
        token = token.head
    if token.dep_ == "obl:agent" and is_passive(token.head):
        return "agent"
    if token.dep_.startswith("nsubj"):
        return "patient" if is_passive(token.head) else "agent"
    if token.dep_ in {"obj", "iobj"} and is_verb(token.head):
        return "agent" if token in inverted_subject(token.head) else "patient"
    reduced = [c for c in token.children if c.dep_ == "acl" and is_passive(c)]
    return "patient" if reduced else "other"
