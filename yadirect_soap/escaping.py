"""Makes text from elsewhere (a server, a file, a user's name) safe to show: one line, no control characters, bounded.

>>> one_line("ok\\n2026-01-01 ERROR forged \\x1b[31m")
'ok\\\\n2026-01-01 ERROR forged \\\\x1b[31m'
"""

import json
import re

LONGEST_LINE = 2000
"""Characters of a text that are shown on one line."""

LONGEST_MESSAGE = 20_000
"""Characters of a message of several lines."""

# What ends a line, moves the cursor or turns the direction of writing: Unicode's Cc, Cf (but a few scripts' marks), Cs,
# Zl and Zp.  Compiled by re when a text first needs it.
_CONTROL = (
    "[\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_CONTROL_IN_LINES = f"(?!\n  ){_CONTROL}"


def one_line(text: str, longest: int = LONGEST_LINE) -> str:
    """Returns a text on one line: control characters, line ends and bidi marks escaped, the end cut off if long.

    Args:
        text: any text.
        longest: characters of the text to show.

    Returns:
        The text; one that was cut ends with its full length.
    """
    return _visible(text, _CONTROL, longest)


def in_lines(text: str, longest: int = LONGEST_MESSAGE) -> str:
    """A message of our own in several lines, those after the first indented by two spaces; the rest as one_line has it.

    Args:
        text: a message, whose parts from outside were already passed through one_line.
        longest: characters of the message to show.

    Returns:
        The message; one that was cut ends with its full length.
    """
    return _visible(text, _CONTROL_IN_LINES, longest)


def json_text(text: str) -> str:
    """JSON that a terminal can show: what could control it as JSON's own escapes; the values stay the same.

    Args:
        text: JSON, in several lines or in one.
    """
    return text if text.isprintable() else re.sub(rf"(?!\n){_CONTROL}", lambda match: json.dumps(match[0])[1:-1], text)


def xml_text(text: str) -> str:
    """XML that a terminal can show: what could control it as references to characters; the values stay the same.

    Args:
        text: XML, in several lines or in one.
    """
    return text if text.isprintable() else re.sub(rf"(?!\n){_CONTROL}", lambda match: f"&#{ord(match[0])};", text)


def _visible(text: str, control: str, longest: int) -> str:
    if len(text) <= longest and text.isprintable():
        return text
    visible = re.sub(control, _escaped, text[:longest])
    if len(visible) > longest or len(text) > longest:
        visible = f"{visible[:longest]}... ({len(text)} characters)"
    return visible


def _escaped(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")
