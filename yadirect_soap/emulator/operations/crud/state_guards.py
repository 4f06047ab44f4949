"""What keeps ads being shown, and so cannot be taken away; and how many campaigns may be shown at all."""

from ...domain.account_limits import max_allowed
from ...domain.limits import UNARCHIVED, limit
from ...storage.store import Document
from ..call import Call
from ..rules import autotargeting
from ..rules.campaigns import unarchived
from .item_results import Refused

_ALWAYS = ("Autotargeting is always on on search", "На поиске автотаргетинг отключить нельзя")
_LAST = ("It is the last active keyword of the group", "Это последняя активная фраза группы")


def check_move(call: Call, service: str, document: Document) -> None:
    """Raises Refused where a shown group would lose its last targeting, or an account have too many campaigns."""
    verb = call.operation.name
    if service == "keywords" and verb in ("suspend", "delete"):
        _check_keyword(call, document, code=8302 if verb == "suspend" else 8301)
    if service == "campaigns" and verb == "unarchive" and document.get("State") == "ARCHIVED":
        most = max_allowed(call.account, limit("campaigns", "", UNARCHIVED))
        if unarchived(call) >= most:
            raise Refused(8304, f"No more than {most} unarchived campaigns", f"Не более {most} активных кампаний")


def _check_keyword(call: Call, keyword: Document, *, code: int) -> None:
    if keyword["Keyword"] == autotargeting.KEYWORD and autotargeting.is_on_search(call, keyword):
        raise Refused(code, *_ALWAYS)
    if _is_last(call, keyword):
        raise Refused(code, *_LAST)


def _is_last(call: Call, keyword: Document) -> bool:
    """Whether nothing else targets the ads of its group, which is no draft."""
    login, group = call.account.login, keyword["AdGroupId"]
    if keyword["State"] == "SUSPENDED" or (call.store.get("adgroups", group, login) or {}).get("Status") == "DRAFT":
        return False
    keywords = call.store.rows("keywords", login, adgroups=[group])
    others = [row for row in keywords if row.id != keyword["Id"] and row.document["State"] != "SUSPENDED"]
    return not others and not call.store.count("audiencetargets", login, adgroup=group)
