"""Bytes with which no head of an HTTP/1.1 request begins, or that two programs could read in two ways.

A server that waits for the end of such a head would wait until its time limit: a caller that ends its lines with LF
alone, or one that begins TLS, never sends what it waits for.
"""

import re
from types import MappingProxyType

_TLS = b"\x16\x03"
"""The first bytes of a TLS connection: a handshake, of SSL 3.0 or later."""
_DEFECTS = re.compile(rb"(?P<line_feed>(?<!\r)\n)|(?P<carriage_return>\r(?=[^\n]))|(?P<folded>\r\n[ \t])")
_MESSAGES = MappingProxyType(
    {
        "line_feed": "a line ends with LF alone, expected CR LF",
        "carriage_return": "a CR without LF, expected CR LF at the end of each line",
        "folded": "a header field goes on in the next line, expected one line",
    }
)


def defect(head: bytes | bytearray, start: int = 0) -> str | None:
    """Returns the defect in the beginning of a head, which no further bytes can correct; None if there is none.

    Args:
        head: the bytes that have come, without empty lines before the request line.
        start: how many of them were looked at before.

    Returns:
        A sentence for the caller; None if the bytes may become a head.
    """
    if head.startswith(_TLS):
        return "the beginning of TLS, expected HTTP: the address begins with http, not https"
    # A CR at the end, or a CR LF, is judged by what comes next.
    found = _DEFECTS.search(head, max(start - 2, 0))
    return _MESSAGES[found.lastgroup or ""] if found else None
