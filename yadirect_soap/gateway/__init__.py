"""The gateway: programs with any SOAP stack call it without a token, and it calls the API.

from yadirect_soap import Direct
from yadirect_soap.gateway import Options, application, serving

with Direct.from_env() as direct, serving(application(direct, Options(validate="warn"))) as address:
    print(f"{address}/v501/campaigns?wsdl")
"""

from collections.abc import Mapping

from yadirect_soap import Direct

from .application import Gateway
from .options import Options
from .server import serving

__all__ = ["Gateway", "Options", "application", "serving"]


def application(direct: Direct, options: Options | None = None, tokens: Mapping[str, str] | None = None) -> Gateway:
    """Creates the WSGI application, for waitress or another server.

    Args:
        direct: the client, with the token, the endpoint and the policies of calls; the gateway does not close it.
        options: the options; None takes the defaults.
        tokens: tokens by login, for clients that have their own.

    Returns:
        The application.
    """
    return Gateway(direct, options, tokens)
