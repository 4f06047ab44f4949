"""`yadirect-soap xml send FILE...`: sends requests in XML, and writes the responses unchanged."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from yadirect_soap import ConfigurationError, Direct
from yadirect_soap.language import _

from . import client_options, documents, notices
from .command_types import argument, command, option
from .exit_codes import Stage

_EXAMPLES = """\b
Examples:
  yadirect-soap xml send request.xml --out response.xml
  yadirect-soap xml from-json ads get query.json | yadirect-soap xml send -
  yadirect-soap xml send requests --out responses

Into a folder: a request that has a response there is not sent again, so that
an interrupted run can be repeated. A write that was sent and has none may have
acted: it is not sent, and the exit code is 4. Of several failures the first
gives the exit code.
"""


@command("send", no_args_is_help=True, epilog=_EXAMPLES)
@argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    help="envelopes, or elements of their Body alone; a file may have several in an element of another name, and a "
    "folder stands for its files *.xml; - is stdin",
)
@option(
    "--out",
    default=documents.STDOUT,
    metavar="FILE",
    help="the file of the response (default: stdout); for several requests or a folder: the folder of the files "
    "NAME.response.xml",
)
@option("--validate", is_flag=True, help="check the response against the contract's schema too; exit code 5")
@option("--keep-going", is_flag=True, help="of several requests: send the others too after one that failed")
@option("--resend", metavar="NAME", multiple=True, help="send this request again, which may have acted; repeatable")
@client_options.add
def send(
    files: Sequence[str], *, out: str, validate: bool, keep_going: bool, resend: Sequence[str], **options: Any
) -> int:
    """Send requests in XML, in the order of their names; the element in the Body names the operation.

    They are checked, repeated and limited like `call`. Nothing is sent if one of them is wrong.
    """
    from . import xml_batch, xml_response
    from .xml_sources import Sources

    sources = Sources(files)
    with Direct.from_env(**client_options.settings(options)) as direct:
        schema = xml_response.schema_for(direct) if validate else None
        if sources.is_single and not (out != documents.STDOUT and Path(out).is_dir()):
            _send_one(direct, sources.content(sources.all[0]), out, schema)
            return 0
        if out == documents.STDOUT:
            raise ConfigurationError(_("several requests have several responses: name a folder for them by --out"))
        return xml_batch.send(direct, sources, Path(out), schema, keep_going=keep_going, resend=resend)


def _send_one(direct: Direct, content: bytes, out: str, schema: Any) -> None:
    from . import xml_response

    request, stage = direct.read_xml(content), Stage()
    if xml_response.is_write(request):
        stage.note = _("{key} may have acted: read back before you repeat it", key=request.operation.key)
    with stage.noted():
        sent = xml_response.send(direct, request, out, schema)
    notices.note(sent.summary)
    if sent.failure is not None:
        raise sent.failure
