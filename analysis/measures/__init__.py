"""The measures: each is one file with the tables it makes (`TABLES`) and a function from one article to rows (`measure`).

The names of that function's parameters say what it needs: `article`, what a study gives (`actors`, `schemes`), or a table that
an earlier measure has made (`mentions`, `quotes` …: rows of this article). It returns {table: rows}; a row lacks `doc_id`, which
whoever calls it knows. Adding a measure is adding its file, and its name here.
"""

MEASURES = (
    "entities",
    "voices",
    "certainty",
    "claims",
    "vocabulary",
    "sentiment",
    "framing",
    "agency",
)  # each after what it needs
