"""python -m analysis setup | reports | pdf | messages | accuracy FOLDER: what the Makefile calls."""

import sys

from .report import translation
from .report import writing as report

COMMANDS = {
    "setup": report.install_settings,
    "reports": report.write_reports,
    "pdf": report.write_pdf,
    "messages": translation.update_all,
    "accuracy": report.write_accuracy,
}

if __name__ == "__main__":
    if len(sys.argv) != 2 + (sys.argv[1:2] == ["accuracy"]) or sys.argv[1] not in COMMANDS:
        sys.exit(f"usage: python -m analysis {' | '.join(COMMANDS)}")
    try:
        print(COMMANDS[sys.argv[1]](*sys.argv[2:]))
    except (ValueError, FileNotFoundError, RuntimeError) as error:
        sys.exit(f"error: {error}")
