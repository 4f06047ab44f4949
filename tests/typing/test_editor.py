"""What an editor with pyright offers while a call is being written, and shows of it."""

from collections.abc import Iterator
from typing import get_args

import pytest

from tests.typing import checkers
from tests.typing.editor import Editor
from yadirect_soap.types import campaigns

HEAD = 'from yadirect_soap import Direct\n\ndirect = Direct("token")\n'
COMPLETED = {
    "a service": ("direct.adg", "direct.adg", "adgroups"),
    "an operation": ("direct.ads.mod", "direct.ads.mod", "moderate"),
    "a param": ("direct.ads.update(Ad)", "update(Ad", "Ads="),
    "a member": ('direct.ads.update(Ads=[{"I"}])', '{"I', "Id"),
    "a member of a part": ('direct.ads.update(Ads=[{"Id": 1, "TextAd": {"Tit"}}])', '"Tit', "Title2"),
    "a field": ('direct.ads.get(SelectionCriteria={}, FieldNames=["S"])', '["S', "State"),
    "a field of several": ('direct.campaigns.items(FieldNames=["Id", ""])', '"Id", "', "StartDate"),
    "a field of a part": ('direct.campaigns.get(TextCampaignFieldNames=[""])', '["', "BiddingStrategy"),
    "a criterion, the line not ended": ('direct.campaigns.get(SelectionCriteria={"', '{"', "Statuses"),
    "a value of a criterion": ('direct.campaigns.get(SelectionCriteria={"States": [""]})', '["', "SUSPENDED"),
    "a name of a page": ('direct.campaigns.get(Page={"', '{"', "Offset"),
    "a dictionary": ('direct.dictionaries.get(DictionaryNames=[""])', '["', "GeoRegions"),
    "a member of an item": ('for one in direct.campaigns.items(FieldNames=["Id"]):\n    one["Na"]', 'one["Na', "Name"),
    "a name of a result": ('direct.changes.checkDictionaries()["T"]', '["T', "Timestamp"),
    "a field of a report": ('direct.reports.get(FieldNames=["Cli"])', '["Cli', "Clicks"),
    "a type of report": ('direct.reports.get(ReportType="C")', 'ReportType="C', "CUSTOM_REPORT"),
    "a range of days": ('direct.reports.get(DateRangeType="LAST")', '"LAST', "LAST_7_DAYS"),
    "an operator": (
        'direct.reports.get(SelectionCriteria={"Filter": [{"Field": "Clicks", "Operator": "GR"}]})',
        '"GR',
        "GREATER_THAN",
    ),
}


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """An editor with a language server of its own."""
    if reason := checkers.missing():
        pytest.skip(reason)
    with Editor(tmp_path_factory.mktemp("edited")) as opened:
        yield opened


@pytest.mark.parametrize(("code", "fragment", "offered"), COMPLETED.values(), ids=COMPLETED)
def test_names_are_completed(editor: Editor, code: str, fragment: str, offered: str) -> None:
    """What may stand in a place is offered there."""
    assert offered in editor.completes(HEAD + code, fragment)


def test_all_fields_and_criteria_are_offered(editor: Editor) -> None:
    """Between the quotes that an editor writes, every field is offered and nothing else, and so is every criterion."""
    fields = editor.completes(f'{HEAD}direct.campaigns.get(FieldNames=[""])', 'FieldNames=["')
    assert sorted(fields) == sorted(get_args(campaigns.CampaignFieldEnum))
    criteria = editor.completes(f'{HEAD}direct.campaigns.get(SelectionCriteria={{""}})', '{"')
    assert sorted(criteria) == sorted(campaigns.CampaignsSelectionCriteria.__annotations__)


@pytest.mark.parametrize("operation", ["update", "get"])
def test_limits_units_and_page_are_shown(editor: Editor, operation: str) -> None:
    """An operation shows what matters to its caller, whether it is a method or has pages."""
    shown = editor.shows(f"{HEAD}direct.ads.{operation}", f"direct.ads.{operation}")
    assert "At most" in shown
    assert "Costs " in shown
    assert "https://yandex.ru/dev/direct/doc/en/ads/ads" in shown
