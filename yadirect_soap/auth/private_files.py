"""Reads files that hold a secret, and refuses those that other users of the machine can read, as ssh does."""

import os
import re
import stat
import sys
from pathlib import Path

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.text_files import read_text


def read_token(file: Path) -> str:
    """The token in a file.

    Args:
        file: a file that holds a token alone, or a pipe.

    Returns:
        The token.

    Raises:
        ConfigurationError: the file cannot be read, or holds no token; what it holds is not shown.
    """
    token = read_text(file).strip()
    if not re.fullmatch(r"[!-~]+", token):
        content = "nothing" if not token else f"{len(token.splitlines())} lines, or characters that no token has"
        raise ConfigurationError(f"{file}: found {content}, expected a token")
    return token


def require_private(file: Path) -> None:
    """Raises ConfigurationError for a file that other users can read or replace; a missing file is private."""
    if sys.platform == "win32":  # access lists decide there, and the folder of a user is private
        return
    try:
        state = file.stat()
    except FileNotFoundError:
        return
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read: {error.strerror}") from None
    mode = stat.S_IMODE(state.st_mode)
    if state.st_uid not in (os.geteuid(), 0):
        raise ConfigurationError(f"{file} holds a token and belongs to another user; it is not used")
    if stat.S_ISREG(state.st_mode) and mode & 0o077:
        raise ConfigurationError(
            f"{file} holds a token and other users can read it (mode {mode:04o}, expected 0600): "
            f"run `chmod 600 {file}`, and replace the token if somebody may have read it"
        )
