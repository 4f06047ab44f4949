"""The member StatusClarification, a text about an object's state and status."""

from ...domain.status_clarifications import clarified
from ..call import OperationCall
from ..crud.service_rules import Complete


def clarification(call: OperationCall) -> Complete:
    """Returns a function that adds StatusClarification, in the caller's language, to the documents of a get."""
    service, language = call.operation.service, call.language
    return lambda document: clarified(service, document, language)
