"""The settings of a study: `study.yaml`, checked, with what is usual where it says nothing."""

import yaml

from ..corpus.metadata import PERIODS
from ..text.language import languages

SETTINGS = {
    "title": "A study of French articles",
    "description": "",
    "language": "en",
    "share_full_text": False,
    "group_by": "outlet",
    "states": "shown",  # countries that act are actors too where these are discovered, or "hidden"
    "copies": "every",  # near-copies of a text count every time, or "once"
}


def read_settings(path):
    """The settings of `study.yaml`, with defaults for those it doesn't give. Raises ValueError for unknown ones."""
    if not path.exists():
        return dict(SETTINGS)
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8-sig")) or {}
    except yaml.YAMLError as error:
        raise ValueError(f"{path} is not YAML: {error}") from error
    unknown = sorted(map(str, set(given) - set(SETTINGS))) if isinstance(given, dict) else [given]
    if unknown:
        raise ValueError(f"{path}: unknown setting {unknown[0]!r}; known: {', '.join(SETTINGS)}")
    given = {key: value for key, value in given.items() if value is not None}
    if given.get("language", "en") not in languages():
        raise ValueError(f"{path}: language is {given['language']!r}: {', '.join(languages())}")
    if not isinstance(given.get("share_full_text", False), bool):
        raise ValueError(
            f"{path}: share_full_text is {given['share_full_text']!r}: true or false, without quotation marks"
        )
    groups = [*PERIODS, "outlet", "section", "author", "edition", "channel", "language", "source_file"]
    if given.get("group_by", "outlet") not in groups:
        raise ValueError(f"{path}: group_by is {given['group_by']!r}: one of {', '.join(groups)}")
    if given.get("copies", "every") not in ("every", "once"):
        raise ValueError(f"{path}: copies is {given['copies']!r}: every or once")
    if given.get("states", "shown") not in ("shown", "hidden"):
        raise ValueError(f"{path}: states is {given['states']!r}: shown or hidden")
    return SETTINGS | given | {key: str(given[key]) for key in ("title", "description") if key in given}
