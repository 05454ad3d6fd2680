"""Files written at once: a reader finds the old one or the new one, never a part."""

import contextlib
import os
import secrets
from pathlib import Path

from recouvrement.adapters.portfolio.table import unusable
from recouvrement.errors import InvalidInput


def target_of(path: Path) -> Path:
    """Return the file to replace: through a link, the one it leads to. Raises ``InvalidInput`` for links in a loop."""
    try:
        target = path.resolve()
        is_loop = target.is_symlink()  # from Python 3.13 on, links in a loop are resolved to one of them
    except (OSError, RuntimeError) as fault:
        raise unusable(path, fault) from None
    if is_loop:
        raise unusable(path, RuntimeError())
    return target


def write_whole(path: Path, content: str | bytes) -> None:
    """Replace a file by this content, text being written in UTF-8, whatever happens meanwhile.

    Raises ``InvalidInput`` when the file cannot be written; the old one then stays.
    """
    target = target_of(path)
    if target.exists() and not target.is_file():
        raise InvalidInput(
            where=str(path),
            found="it is not an ordinary file (a folder, a device or a pipe)",
            hint="Name a file that exists, or a new one in a folder that does.",
        )
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode)
        part.replace(target)
    except OSError as fault:
        raise InvalidInput(
            where=str(path), found=f"the file cannot be written ({fault.strerror})", hint="Choose a writable folder."
        ) from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
