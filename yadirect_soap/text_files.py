"""Reads text files and pipes of users as UTF-8, whatever the locale is."""

import codecs
import os
from pathlib import Path

from yadirect_soap.language import _, reason_of

from .errors import ConfigurationError

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    # Before UTF-16, whose mark begins the same way.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_text(path: str | os.PathLike[str]) -> str:
    """Returns the text of a file.

    Args:
        path: The file, or a pipe.

    Returns:
        The text, without a byte order mark.

    Raises:
        ConfigurationError: the file cannot be read, or is no text; it names the file, and the byte.
    """
    try:
        content = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            _("{file} cannot be read: {reason}", file=os.fspath(path), reason=reason_of(error))
        ) from None
    return decode(content, os.fspath(path))


def decode(content: bytes, source: str) -> str:
    """Decodes bytes: UTF-8, or UTF-16 and UTF-32 with their byte order mark, which PowerShell writes.

    Args:
        content: the bytes.
        source: where they come from, for the error.

    Returns:
        The text, without the mark.

    Raises:
        ConfigurationError: the bytes are something else; the message names the first wrong one.
    """
    mark, encoding = next((row for row in _MARKS if content.startswith(row[0])), (b"", "utf-8"))
    try:
        text = content[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable(content, len(mark) + error.start, source, encoding) from None
    if "\0" in text:
        offset = len(mark) + len(text[: text.index("\0")].encode(encoding))
        raise _unreadable(content, offset, source, encoding)
    return text


def _unreadable(content: bytes, offset: int, source: str, encoding: str) -> ConfigurationError:
    line = content.count(b"\n", 0, offset) + 1
    problem = _(
        "byte 0x{byte:02x} at offset {offset} (line {line}) is not text in {encoding}",
        byte=content[offset],
        offset=offset,
        line=line,
        encoding=encoding.upper(),
    )
    return ConfigurationError(_("{source}: {problem}; save it as UTF-8", source=source, problem=problem))
