"""Names that an account gives once among the objects of a service."""

from ...call import Call
from ...store import Document
from ..outcome import Refused


def check_name_once(call: Call, after: Document, before: Document) -> None:
    """Raises 9801 where another object of the service has the name; `before` is {} for a new one."""
    for row in call.store.rows(call.operation.service, call.account.login):
        if row.document["Name"] == after["Name"] and row.id != before.get("Id"):
            raise Refused(9801, f"The name is taken: {after['Name']}", f"Название занято: {after['Name']}")
