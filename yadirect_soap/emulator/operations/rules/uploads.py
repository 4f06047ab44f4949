"""Files inside items: as bytes, or as their base64 text, which the contract lets pass too."""

import base64
import binascii

from ..crud.item_results import Refused


def content(value: bytes | str) -> bytes:
    """The bytes of a file; Refused with 5004 for a text that is not base64."""
    if isinstance(value, bytes):
        return value
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise Refused(5004, "Not base64", "Неверная кодировка base64") from None
