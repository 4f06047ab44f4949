"""Reads files that hold a secret, and refuses those that other users of the machine can read, as ssh does."""

import os
import re
import stat
import sys
from pathlib import Path

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _, reason_of
from yadirect_soap.text_files import read_text


def read_token(file: Path) -> str:
    """Returns the token in a file.

    Args:
        file: a file that holds a token alone, or a pipe.

    Returns:
        The token.

    Raises:
        ConfigurationError: the file cannot be read, or holds no token; what it holds is not shown.
    """
    token = read_text(file).strip()
    if not re.fullmatch(r"[!-~]+", token):
        content = _("nothing")
        if token:
            content = _("{lines} lines, or characters that no token has", lines=len(token.splitlines()))
        raise ConfigurationError(_("{file}: found {content}, expected a token", file=file, content=content))
    return token


def require_private(file: Path) -> None:
    """Raises ConfigurationError for a file that other users can read or replace; a missing file is private."""
    mode = _mode(file, _("holds a token"))
    if mode & 0o077:
        raise ConfigurationError(
            _(
                "{file} holds a token and other users can read it (mode {mode:04o}, expected 0600): run `chmod 600 "
                "{file}`, and replace the token if somebody may have read it",
                file=file,
                mode=mode,
            )
        )


def require_trusted(file: Path) -> None:
    """Raises ConfigurationError for a file that anybody can write: its `endpoint` decides where a token is sent."""
    mode = _mode(file, _("decides where the token is sent"))
    if mode & 0o002:
        raise ConfigurationError(
            _(
                "{file} decides where the token is sent, and all users can write it (mode {mode:04o}): run `chmod "
                "644 {file}`, and look through it",
                file=file,
                mode=mode,
            )
        )


def _mode(file: Path, purpose: str) -> int:
    """Returns the permissions of a regular file, 0 for anything else; ConfigurationError if another user owns it."""
    if sys.platform == "win32":  # access lists decide there, and the folder of a user is private
        return 0
    try:
        state = file.stat()
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise ConfigurationError(_("{file} cannot be read: {reason}", file=file, reason=reason_of(error))) from None
    if not stat.S_ISREG(state.st_mode):
        return 0
    if state.st_uid not in (os.geteuid(), 0):
        raise ConfigurationError(
            _("{file} {purpose} and belongs to another user; it is not used", file=file, purpose=purpose)
        )
    return stat.S_IMODE(state.st_mode)
