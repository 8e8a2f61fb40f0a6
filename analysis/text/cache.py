"""What was computed once is kept: files under $CADRAGE_CACHE, named by a hash of all that made them.

Each is written whole or not at all, so that work may be interrupted at any moment and goes on where it stopped.
"""

import hashlib
import os

from .places import cache_folder


def file_of(kind, *made_of):
    """The file that keeps what was made of these strings."""
    key = hashlib.sha256("\x1e".join(made_of).encode("utf-8", "surrogatepass")).hexdigest()
    return cache_folder() / kind / key[:2] / key[2:]


def keep(file, content):
    """Keeps bytes in a file; where there is no place to write, the next time is only slower."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_name(f"{file.name}.{os.getpid()}")
        unfinished.write_bytes(content)
        unfinished.replace(file)
    except OSError:
        pass


def kept(file, read):
    """read(bytes) of what a file keeps; None where there is no such file, or a damaged one."""
    try:
        return read(file.read_bytes())
    except Exception:  # whatever a damaged file makes of `read`: it is made anew
        return None
