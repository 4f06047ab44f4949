"""Files that only their owner can read, from their first byte on."""

import os
from contextlib import suppress
from pathlib import Path


def ensure(target: Path) -> None:
    """Creates an empty file of mode 0600; an existing file stays as it is."""
    with suppress(OSError):  # the one who opens the file gets the error
        os.close(os.open(target, os.O_CREAT, 0o600))
