"""Where things stand: the kit's own data, the folders of a study, what was computed; and what all of it is made of."""

import hashlib
import os
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
LEXICONS, MODELS, LANGUAGES, TEMPLATES = (PACKAGE / name for name in ("lexicons", "models", "languages", "template"))
_SOURCES, _DATA = {".py"}, {".csv", ".yaml", ".json", ".onnx", ".model"}


def project_folder():
    """The checkout that holds `notebooks/`, `seeds/` and `reports/`; where the kit is installed, the folder one stands in."""
    checkout = PACKAGE.parent
    return checkout if (checkout / "notebooks" / "00-start-here.ipynb").exists() else Path.cwd()


def notebooks_folder():
    """Where the notebooks stand: `notebooks/` of the checkout, or those that came with the installed kit."""
    carried = PACKAGE / "notebooks"
    return carried if carried.is_dir() else PACKAGE.parent / "notebooks"


def seeds_folder():
    """Where the study's articles are: $CADRAGE_SEEDS, else `seeds/` of the project."""
    return Path(os.environ.get("CADRAGE_SEEDS") or project_folder() / "seeds")


def reports_folder():
    """Where reports are written: $CADRAGE_REPORTS, else `reports/` of the project."""
    return Path(os.environ.get("CADRAGE_REPORTS") or project_folder() / "reports")


def cache_folder():
    """Where what was computed is kept: $CADRAGE_CACHE, else `.cache` of the checkout, else the user's folder for caches."""
    if given := os.environ.get("CADRAGE_CACHE"):
        return Path(given)
    if (PACKAGE.parent / "notebooks").is_dir():
        return PACKAGE.parent / ".cache"
    from platformdirs import user_cache_path

    return user_cache_path("cadrage", appauthor=False)


@cache
def source_hash(*rooms):
    """A hash of the code of these rooms (folders or files below `analysis/`, whole trees), as it was when first asked."""
    return _hash_of(rooms, _SOURCES)


def data_hash(*rooms):
    """A hash of the data in these rooms (lexicons, models), as they are now."""
    return _hash_of(rooms, _DATA)


def _hash_of(rooms, kinds):
    digest = hashlib.sha256()
    for room in rooms:
        place = PACKAGE / room
        if not place.exists():
            raise FileNotFoundError(f"no room {room!r} in {PACKAGE}")
        for path in [place] if place.is_file() else sorted(place.rglob("*")):
            if path.suffix in kinds:
                digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0")
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
