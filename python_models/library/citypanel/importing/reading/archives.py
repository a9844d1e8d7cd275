"""Zip archives: the files inside, read like those beside them; nothing is written where the archive says.

A zip inside a zip is opened once; deeper ones are refused.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from citypanel.importing.reading.limits import LARGEST_EXPANSION_MB, MEGABYTE, check_expansion
from citypanel.importing.reading.sheet import Refused

DEEPEST = 2
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
Member = tuple[str, "Path | Refused"]


def members(path: Path, spool: Path) -> Iterator[Member]:
    """Yield the files of an archive: name and a copy in `spool`, or why it has none.

    Raises `Refused` for an archive that is damaged or declares too much.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
            check_expansion(parts, path.stat().st_size)
            for part in parts:
                name = _name(part)
                if not PurePosixPath(name).name.startswith((".", "~$")) and "__MACOSX" not in name:
                    yield name, _copy(archive, part, spool)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Refused("import_unreadable", error=" ".join(str(error).split())[:200]) from error


def _name(part: zipfile.ZipInfo) -> str:
    """Return the name of a part; Chinese Windows writes it in GBK and marks it as nothing."""
    name = part.filename
    if not part.flag_bits & _UTF8_FLAG:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    pieces = [piece for piece in name.replace("\\", "/").split("/") if piece not in ("", ".", "..")]
    return "/".join(pieces)


def _copy(archive: zipfile.ZipFile, part: zipfile.ZipInfo, spool: Path) -> Path | Refused:
    """Write a part to `spool` under a name of ours; stop where it holds more than it declares."""
    if part.flag_bits & _ENCRYPTED_FLAG:
        return Refused("import_password")
    if part.file_size > LARGEST_EXPANSION_MB * MEGABYTE:
        return Refused("import_expands_too_far", size=part.file_size // MEGABYTE, limit=LARGEST_EXPANSION_MB)
    handle, name = tempfile.mkstemp(dir=spool, prefix="part-")
    try:
        with open(handle, "wb") as target, archive.open(part) as source:
            shutil.copyfileobj(source, target, 1 << 20)
    except Exception as error:  # a wrong checksum, an unknown method, a stream that ends early
        Path(name).unlink()
        return Refused("import_unreadable", error=" ".join(str(error).split())[:200])
    return Path(name)
