"""The Yandex Direct API over SOAP (and JSON): typed operations, exact money, results that lose nothing.

from yadirect_soap import Direct

with Direct(token="...") as direct:
    for campaign in direct.campaigns.items(FieldNames=["Id", "Name"]):
        print(campaign["Id"], campaign["Name"])
"""

from .client.direct import Direct
from .client.results import Flat, Items, Notification, Outcome, Outcomes
from .client.retry import Retry
from .client.transport import Limits
from .errors import (
    AnswerLostError,
    ApiError,
    AuthError,
    Complaint,
    ConfigurationError,
    DecodeError,
    DirectError,
    HttpError,
    InvalidParamsError,
    InvalidRequestError,
    ItemsError,
    NotFoundError,
    NotSentError,
    NotSupportedError,
    PagingError,
    RateError,
    RightsError,
    ServerError,
    TemporaryError,
    TransportError,
    UnitsError,
    UnknownNameError,
)
from .money import from_micros, to_micros
from .protocol.headers import Units

__version__ = "0.1.0"

__all__ = [
    "AnswerLostError",
    "ApiError",
    "AuthError",
    "Complaint",
    "ConfigurationError",
    "DecodeError",
    "Direct",
    "DirectError",
    "Flat",
    "HttpError",
    "InvalidParamsError",
    "InvalidRequestError",
    "Items",
    "ItemsError",
    "Limits",
    "NotFoundError",
    "NotSentError",
    "NotSupportedError",
    "Notification",
    "Outcome",
    "Outcomes",
    "PagingError",
    "RateError",
    "Retry",
    "RightsError",
    "ServerError",
    "TemporaryError",
    "TransportError",
    "Units",
    "UnitsError",
    "UnknownNameError",
    "from_micros",
    "to_micros",
]
