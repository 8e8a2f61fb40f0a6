"""Archives: ZIP files of anything that is read here, and WARC files of web pages. Nothing is unpacked beside the seeds."""

import gzip
import re
import tempfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from . import Unreadable, importer_for
from ._bytes import DAMAGED_ZIP

PRIORITY = 60
LARGEST, LARGEST_ALL, TIGHTEST, MOST = 300_000_000, 2_000_000_000, 200, 200_000


def recognises(path, head):
    return head.startswith(b"PK\x03\x04") and _is_zip(path) or head.startswith(b"WARC/") or _is_packed_warc(path, head)


def _is_zip(path):
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except DAMAGED_ZIP:
        return True  # a damaged one: said when it is read
    return not any(n in ("[Content_Types].xml", "mimetype") for n in names)


def _is_packed_warc(path, head):
    if not head.startswith(b"\x1f\x8b"):
        return False
    try:
        with gzip.open(path) as stream:
            return stream.read(5) == b"WARC/"
    except (OSError, EOFError, zlib.error):
        return False


def read(path):
    with open(path, "rb") as stream:
        zipped = stream.read(4) == b"PK\x03\x04"
    yield from _members(path) if zipped else _pages(path)


def _members(path):
    """The records of every file in a ZIP archive, each with its `member`; what is refused is said."""
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGED_ZIP as error:
        raise Unreadable(f"damaged ZIP archive: {error}") from error
    with archive:
        wanted = [i for i in archive.infolist() if not i.is_dir() and not _hidden(i.filename)]
        if sum(i.file_size for i in wanted) > LARGEST_ALL or len(wanted) > MOST:
            raise Unreadable(f"this archive would unpack to over {LARGEST_ALL:,} bytes or {MOST:,} files: not unpacked")
        for member in wanted:
            refusal = _refused(member)
            if refusal:
                yield {"problem": ("not read", refusal), "member": _shown(member.filename)}
                continue
            try:
                with archive.open(member) as stream:
                    data = stream.read(LARGEST + 1)
            except DAMAGED_ZIP as error:
                yield {"problem": ("not read", f"damaged or locked: {error}"), "member": _shown(member.filename)}
                continue
            yield from _inside(data, member.filename)


def _hidden(name):
    return any(
        part.startswith((".", "__MACOSX", "~$"))
        for part in PurePosixPath(name.replace("\\", "/")).parts
        if part != ".."
    )


def _shown(name):
    return re.sub(r"[\x00-\x1f]", "?", name.replace("\\", "/"))[:200]


def _refused(member):
    parts = PurePosixPath(member.filename.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or re.match(r"[A-Za-z]:", member.filename):
        return "its name leads out of the archive"
    if member.file_size > LARGEST or member.file_size > TIGHTEST * max(member.compress_size, 5000):
        return f"it would unpack to {member.file_size:,} bytes: not unpacked"
    return None


def _inside(data, name):
    """The records of one file of an archive, by the importer that knows it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / ("member" + "".join(PurePosixPath(name).suffixes[-1:])[:12])
        file.write_bytes(data)
        try:
            importer = importer_for(file, data[:65536])
            if importer.__name__ == __name__:
                raise Unreadable("an archive inside an archive: unpack it first")
            for record in importer.read(file):
                yield record | {"member": _shown(name)}
        except Unreadable as error:
            yield {"problem": ("not read", str(error)), "member": _shown(name)}
        except Exception as error:  # one file must not cost the archive
            yield {"problem": ("not read", f"{type(error).__name__}: {str(error)[:200]}"), "member": _shown(name)}


def _pages(path):
    """The records of the web pages in a WARC file."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    found = False
    try:
        with open(path, "rb") as stream:
            for entry in ArchiveIterator(stream):
                found = True
                if entry.rec_type != "response" or "html" not in (entry.http_headers.get_header("Content-Type") or ""):
                    continue
                address = entry.rec_headers.get_header("WARC-Target-URI") or "page"
                page = entry.content_stream().read(LARGEST)
                if getattr(entry.raw_stream, "limit", 0) > 0:
                    yield {
                        "problem": ("repaired: page", "the archive is cut off: this page may lack its end"),
                        "member": _shown(address),
                    }
                for record in _inside(page, "page.html"):
                    named = record | {"member": _shown(address)}
                    yield named if "problem" in record else named | {"url": record.get("url") or address}
    except (ArchiveLoadFailed, AttributeError, *DAMAGED_ZIP) as error:
        yield {"problem": ("not read", f"the archive is damaged from here on: {str(error)[:120]}")}
    if not found:
        raise Unreadable("no web page could be read from this archive")
