"""Files that hold what is nobody else's business: readable by their owner alone, from their first byte on."""

import os
from contextlib import suppress
from pathlib import Path


def ensure(target: Path) -> None:
    """Makes an empty file of mode 0600 where there is none; one that is there stays as it is."""
    with suppress(OSError):  # whoever opens it says what is wrong
        os.close(os.open(target, os.O_CREAT, 0o600))
