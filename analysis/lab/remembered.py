"""Yesterday's choices: what was chosen in the lab over a study, kept beside its results, so that a restart finds it again."""

import json
from pathlib import Path

from ..study.parts import hashed
from ..text.places import cache_folder, seeds_folder


def _path(folder):
    return cache_folder() / "choices" / f"{hashed(str(Path(folder or seeds_folder()).resolve()))}.json"


def recalled(folder):
    """What was last kept for the study of a folder: a dict, empty where there is nothing, or nothing that can be read."""
    try:
        kept = json.loads(_path(folder).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def keep(choices, folder):
    """Keeps the choices over the study of a folder for the next time; where nothing can be written they are only not remembered."""
    path = _path(folder)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(choices, ensure_ascii=False), encoding="utf-8")
    except OSError:
        pass
