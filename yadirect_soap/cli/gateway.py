"""`yadirect-soap gateway`: serves the SOAP gateway on a port until it is interrupted."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from yadirect_soap import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.text_files import read_text

from . import client_options
from .command_types import command, option
from .listen import add_address, starting, until_stopped
from .option_types import WholeNumber

if TYPE_CHECKING:
    from yadirect_soap.gateway import Options

_SECRET = "YADIRECT_GATEWAY_SECRET"  # noqa: S105  the name of a variable
_MIN_SECRET_LENGTH = 16
_EXAMPLES = """\b
Examples:
  yadirect-soap gateway --token-file token.txt
  yadirect-soap gateway --host 0.0.0.0 --secret-file secret.txt --nil refuse
Callers load http://127.0.0.1:8090/v501/campaigns?wsdl, or for a client of an
agency http://127.0.0.1:8090/client/LOGIN/v501/campaigns?wsdl
"""


@command("gateway", epilog=_EXAMPLES)
@partial(add_address, default_port=8090)
@option("--secret-file", metavar="FILE", help=f"a file with the secret that callers send; or {_SECRET}")
@option("--tokens", metavar="FILE", help="a TOML file of tokens by login: login = 'token'")
@option("--public-url", metavar="URL", help="the address in served WSDLs, where a proxy stands before the gateway")
@option(
    "--validate",
    type=click.Choice(["error", "warn", "off"]),
    default="error",
    help="requests that the XSD does not allow are refused, logged, or not checked (default: error)",
)
@option(
    "--nil",
    type=click.Choice(["keep", "refuse"]),
    default="keep",
    help="whether an update may clear members with xsi:nil (default: keep)",
)
@option(
    "--nil-allow",
    "nil_allowed",
    metavar="NAME",
    multiple=True,
    help="a member that an update may clear, such as campaigns.DailyBudget; repeatable",
)
@option("--units-floor", type=WholeNumber(0), metavar="UNITS", help="refuse writes while fewer units are left")
@option("--all-pages", is_flag=True, help="answer a get without Page with the objects of all pages")
@option("--header-block", is_flag=True, help="put Units and RequestId into a header block of the envelope too")
@option("--fault-status", type=click.Choice(["200", "500"]), default="200", help="HTTP status of faults (default: 200)")
@option("--threads", type=WholeNumber(1, 1000), default=32, metavar="N", help="calls at a time (default: 32)")
@client_options.add
def gateway(host: str, port: int, *, tokens: str | None, threads: int, **values: Any) -> None:
    """Serve a SOAP gateway: programs call it without a token, and it calls the API.

    On an address that other machines reach it needs a secret, which callers send by Basic (as the password), by
    Bearer, or in the path: /key/SECRET/v501/campaigns.
    """
    from yadirect_soap import Direct
    from yadirect_soap.gateway import application, serving

    options = _options(values, host)
    with ExitStack() as running:
        direct = running.enter_context(Direct.from_env(**client_options.settings(values)))
        served = application(direct, options, _tokens(tokens) if tokens else None)
        with starting(_("the gateway"), _("{host} port {port}", host=host, port=port)):
            address = running.enter_context(serving(served, host, port, threads=threads))
        until_stopped(*_lines(address, direct.settings.root))


def _lines(address: str, root: str) -> Iterator[str]:
    yield _("The gateway answers at {address} and calls {root}", address=address, root=root)
    yield _("WSDLs: {address}", address=f"{address}/v501/campaigns?wsdl")


def _options(values: Mapping[str, Any], host: str) -> "Options":
    from yadirect_soap.gateway import Options
    from yadirect_soap.protocol.hosts import is_loopback

    return Options(
        secret=_secret(values["secret_file"]),
        hosts=values["allowed_hosts"] if is_loopback(host) else None,
        public_url=values["public_url"],
        validate=values["validate"],
        nil=values["nil"],
        nil_allowed=frozenset(values["nil_allowed"]),
        units_floor=values["units_floor"],
        all_pages=values["all_pages"],
        header_block=values["header_block"],
        fault_status=int(values["fault_status"]),
    )


def _secret(file: str | None) -> str:
    """Returns the secret of callers; raises ConfigurationError if it is too short, or not usable in a path."""
    secret = read_text(Path(file)).strip() if file else os.environ.get(_SECRET, "")
    if (secret or file) and (len(secret) < _MIN_SECRET_LENGTH or not re.fullmatch(r"[A-Za-z0-9._~-]+", secret)):
        raise ConfigurationError(
            _(
                "{file}: found {count} characters, expected a secret of {shortest} or more letters, digits and . _ ~ -",
                file=file or _SECRET,
                count=len(secret),
                shortest=_MIN_SECRET_LENGTH,
            )
        )
    return secret


def _tokens(file: str) -> dict[str, str]:
    """Reads the tokens by login from a file; an error shows no token."""
    import tomllib

    try:
        tokens = tomllib.loads(read_text(Path(file)))
    except tomllib.TOMLDecodeError:
        raise ConfigurationError(_("{file}: not TOML; expected lines such as login = 'token'", file=file)) from None
    for login, token in tokens.items():
        if not isinstance(token, str) or not re.fullmatch(r"[!-~]+", token):
            raise ConfigurationError(
                _("{file}: {login}: found no token, expected a line such as login = 'token'", file=file, login=login)
            )
    return tokens
