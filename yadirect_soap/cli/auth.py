"""`yadirect-soap auth`: sign in for a profile, see its state, refresh its token, sign out."""

from collections.abc import Mapping
from types import MappingProxyType

from .command_types import CommandGroup, Row

_ROWS: Mapping[str, Row] = MappingProxyType(
    {
        "login": Row("sign in with Yandex OAuth, in a browser or on another device", "auth_login:login"),
        "status": Row("show the login, when its token expires, and where it is stored", "auth_state:status"),
        "refresh": Row("refresh the token now", "auth_state:refresh"),
        "logout": Row("revoke the token and remove it from this machine", "auth_state:logout"),
    }
)

auth = CommandGroup(
    "auth",
    _ROWS,
    subcommand_metavar="COMMAND ...",
    help="Sign in for a profile; later calls refresh its token automatically.",
)
