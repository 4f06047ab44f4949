"""A caller of a gateway that writes its envelopes by hand and knows no token."""

import io
from collections.abc import Mapping
from typing import Any, NamedTuple
from wsgiref.util import setup_testing_defaults

from lxml import etree

from yadirect_soap.gateway import Gateway

SOAP_1_1 = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP_1_2 = "http://www.w3.org/2003/05/soap-envelope"
CAMPAIGN = 700000001
CRITERIA = f"<SelectionCriteria><Ids>{CAMPAIGN}</Ids></SelectionCriteria>"
GET = f"{CRITERIA}<FieldNames>Id</FieldNames><FieldNames>Name</FieldNames>"
GET_ALL = "GetRequest: <SelectionCriteria/><FieldNames>Id</FieldNames>"


def envelope(content: str, *, soap: str = SOAP_1_1, header: str = "", service: str = "campaigns") -> str:
    """An envelope with a message; `content` begins with the name of its element: `GetRequest: <FieldNames>...`."""
    name, _, inner = content.partition(":")
    return (
        f'<s:Envelope xmlns:s="{soap}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xmlns:q="http://api.direct.yandex.com/v5/{service}">{header}<s:Body>\n<q:{name}>{inner.strip()}</q:{name}>'
        "</s:Body></s:Envelope>"
    )


class Reply(NamedTuple):
    """What came back."""

    status: int
    fields: Mapping[str, str]
    body: bytes

    @property
    def root(self) -> etree._Element:
        """The envelope."""
        return etree.fromstring(self.body)

    def texts(self, name: str) -> list[str]:
        """The texts of all elements of a local name."""
        return [element.text or "" for element in self.root.iter(f"{{*}}{name}", name)]

    @property
    def code(self) -> str:
        """The code of a fault; "" where there is none."""
        return next(iter(self.texts("errorCode")), "")

    @property
    def detail(self) -> str:
        """The detail of a fault."""
        return next(iter(self.texts("errorDetail")), "")


class Caller:
    """Calls a gateway in this process.

    Args:
        application: the gateway.

    Attributes:
        file_wrapper: what the server sends files with; None if it cannot.
        pieces: what the gateway gave for the last answer.
    """

    def __init__(self, application: Gateway) -> None:
        self.application = application
        self.file_wrapper: Any = None
        self.pieces: Any = ()

    def request(self, method: str, path: str, body: bytes = b"", **fields: str) -> Reply:
        """Sends a request; `Content_Type` is written as an argument."""
        path, _, query = path.partition("?")
        environ: dict[str, Any] = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}
        environ |= {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body), "HTTP_HOST": "127.0.0.1:8090"}
        environ["REMOTE_ADDR"] = "127.0.0.1"
        setup_testing_defaults(environ)
        for name, value in fields.items():
            key = name.upper()
            environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
        started: list[Any] = []
        if self.file_wrapper is not None:
            environ["wsgi.file_wrapper"] = self.file_wrapper
        self.pieces = self.application(environ, lambda status, headers: started.extend((status, headers)))
        content = b"".join(self.pieces)
        if hasattr(self.pieces, "close"):
            self.pieces.close()
        return Reply(int(started[0].split()[0]), dict(started[1]), content)

    def post(self, content: str, *, path: str = "/v501/campaigns", encoding: str = "utf-8", **fields: str) -> Reply:
        """Calls an operation."""
        service = path.rpartition("/")[2]
        text = content if "<s:Envelope" in content else envelope(content, service=service)
        return self.request("POST", path, text.encode(encoding), **{"Content_Type": "text/xml"} | fields)
