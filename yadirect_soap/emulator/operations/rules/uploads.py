"""Files in items, as bytes or as base64 text."""

import base64
import binascii
import hashlib

from ..call import OperationCall
from ..crud.item_results import ItemError


def content(value: bytes | str) -> bytes:
    """Returns the bytes of a file; ItemError with 5004 for a text that is not base64."""
    if isinstance(value, bytes):
        return value
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise ItemError(5004, "Not base64", "Неверная кодировка base64") from None


def hash_of(call: OperationCall, data: bytes) -> str:
    """Returns a hash of 22 characters of the bytes and the login, since two accounts may upload the same file."""
    digest = hashlib.sha256(call.account.login.encode() + b"\0" + data).digest()
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")
