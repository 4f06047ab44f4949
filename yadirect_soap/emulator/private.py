"""Files that hold what is nobody else's business: readable by their owner alone, from their first byte on."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A new file to be filled, of mode 0600; it takes the place of `target` once it is, or never."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(handle)
    try:
        yield Path(name)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def ensure(target: Path) -> None:
    """Makes an empty file of mode 0600 where there is none; one that is there stays as it is."""
    with suppress(OSError):  # whoever opens it says what is wrong
        os.close(os.open(target, os.O_CREAT, 0o600))
