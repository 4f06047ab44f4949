"""The public address of a server behind a proxy, which its WSDL files name."""

from urllib.parse import urlsplit

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol.hosts import host_of


def root_address(public_url: str) -> str:
    """Returns an address without a slash at its end; ConfigurationError if it is no http or https address of a host."""
    try:
        address = urlsplit(public_url)
    except ValueError:
        address = urlsplit("")
    is_plain = not (address.query or address.fragment or address.username)
    if address.scheme not in ("http", "https") or host_of(address.netloc) is None or not is_plain:
        raise ConfigurationError(
            _(
                "public_url: found {public_url!r:.80}, expected an address such as https://direct.test",
                public_url=public_url,
            )
        )
    return public_url.rstrip("/")
