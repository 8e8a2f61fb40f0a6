"""The report on paper: printed by a browser that is there."""

import shutil
import subprocess
import tempfile

from ..text.places import reports_folder

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FLAGS = "--headless --no-sandbox --disable-gpu --no-first-run --no-pdf-header-footer --disable-background-networking"


def write_pdf():
    """Prints reports/report.html to reports/report.pdf by Chromium or Chrome, where one is installed. Returns its path.

    Raises RuntimeError where there is no browser, FileNotFoundError where there is no report yet.
    """
    page, target = (reports_folder().resolve() / f"report.{kind}" for kind in ("html", "pdf"))
    browser = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    if not page.exists():
        raise FileNotFoundError(f"{page} does not exist: make the report first (cadrage report, or make reports)")
    if browser is None:
        raise RuntimeError("no Chromium or Chrome found: install one, or print report.html from your browser")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [browser, *_FLAGS.split(), f"--user-data-dir={profile}", f"--print-to-pdf={target}", page.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if done.returncode or not target.exists():
        raise RuntimeError(f"{browser} could not print the report: {done.stderr[-300:]}")
    return target
