"""`yadirect-soap contract xsd [SERVICE] --out DIR`: writes XML Schemas of the messages."""

from pathlib import Path

from yadirect_soap import ConfigurationError
from yadirect_soap.atomic_files import write_bytes
from yadirect_soap.language import _, ngettext, reason_of

from . import client_options, contract_arguments, notices
from .command_types import command, option

_EXAMPLES = """\b
Examples:
  yadirect-soap contract xsd campaigns --out xsd
  xmllint --noout --schema xsd/envelope.xsd request.xml
"""


@command("xsd", epilog=_EXAMPLES)
@contract_arguments.service("such as campaigns (default: all)", required=False)
@option("--out", metavar="DIR", required=True, help="the folder to write to; it is created if there is none")
@client_options.wsdl_option
def xsd(service: str | None, out: str, wsdl: str | None) -> None:
    """Write XML Schemas of the messages: SERVICE.xsd, the shared schemas, and envelope.xsd for whole envelopes.

    They refer to each other by file name and to nothing else, so lxml, xmllint, Xerces and .NET compile them.
    """
    from yadirect_soap.protocol.wsdl.schema_files import schema_files

    contract = client_options.contract({"wsdl": wsdl})
    services = [contract.service(service).name] if service else list(contract)
    written = schema_files(contract.directory, services)
    folder = Path(out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(_("{out} cannot be created: {reason}", out=out, reason=reason_of(error))) from None
    for name, content in written.items():
        write_bytes(folder / name, content)
    notices.note(ngettext("{count} schema is in {out}", "{count} schemas are in {out}", len(written), out=out))
