"""The member Associated: whether another object uses an object."""

from ..call import OperationCall
from ..crud.references import used
from ..crud.service_rules import Complete


def association(call: OperationCall, id_member: str = "Id") -> Complete:
    """Returns a function that adds Associated to the documents of a get."""
    in_use = used(call, call.operation.service)
    return lambda document: {**document, "Associated": "YES" if document.get(id_member) in in_use else "NO"}
