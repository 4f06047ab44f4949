"""`yadirect-soap xml send FILE`: sends a request in XML as it is, and writes the response as it came."""

from typing import Any

from yadirect_soap import Direct, ItemsError, Page

from . import client_options, documents, notices
from .command_types import argument, command, option
from .exit_codes import Stage

_EXAMPLES = """\b
Examples:
  yadirect-soap xml send request.xml --out response.xml
  yadirect-soap xml from-json ads get query.json | yadirect-soap xml send -
"""


@command("send", no_args_is_help=True, epilog=_EXAMPLES)
@argument("file", help="an envelope, or the element of its Body alone; - is stdin")
@option("--out", default=documents.STDOUT, metavar="FILE", help="the file to write (default: stdout)")
@client_options.add
def send(file: str, out: str, **options: Any) -> None:
    """Send a request in XML; the element in the Body names the operation.

    It is checked, repeated and limited like `call`. The response is written as it came.
    """
    stage, failure = Stage(), None
    content = documents.read(file)
    with Direct.from_env(**client_options.settings(options)) as direct:
        with stage.noted(), documents.written(out) as target:
            stage.note = _warning(content, direct)
            response = direct.send_xml(content)
            target.write(response.body)
        try:
            if not isinstance(response.result, Page):
                response.result.raise_for_errors()
        except ItemsError as error:
            failure = error
    notices.note(_summary(response))
    if failure is not None:
        raise failure


def _warning(content: bytes, direct: Direct) -> str:
    """What an interrupted write leaves open; "" for a read, and for what send_xml refuses."""
    from yadirect_soap.protocol import facts
    from yadirect_soap.protocol.scalars import DecodeFailure
    from yadirect_soap.protocol.soap import documents as messages

    try:
        operation = messages.read(direct.contract, content).operation
    except DecodeFailure:
        return ""
    if operation is None or facts.bundled().is_read(operation.service, operation.name):
        return ""
    return f"{operation.key} may have acted: read back before you repeat it"


def _summary(response: Any) -> str:
    units = response.units
    spent = f", {units.spent} units spent, {units.left} left" if units else ""
    return f"{response.result.response.operation}: request {response.request_id}{spent}"
