"""Yesterday's choices: what was chosen in the lab over a study, kept beside its results, so that a restart finds it again."""

import json

from ..study.parts import hashed
from ..text.places import cache_folder, seeds_folder


def _path():
    return cache_folder() / "choices" / f"{hashed(str(seeds_folder().resolve()))}.json"


def recalled():
    """What was last kept for the study that reports are made of: a dict, empty where there is nothing, or nothing that can be read."""
    try:
        kept = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def keep(choices):
    """Keeps choices for the next time; where nothing can be written they are only not remembered."""
    path = _path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(choices, ensure_ascii=False), encoding="utf-8")
    except OSError:
        pass
