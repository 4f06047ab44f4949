"""The pages of the reference: one for each operation, the same each time, and what they tell of it."""

import re

import pytest

from tools.reference.pages import pages
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.facts import bundled as bundled_facts

CONTRACT = bundled()
OPERATIONS = [operation for service in CONTRACT.values() for operation in service.operations.values()]


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    """The texts of all pages, by their files' names."""
    return dict(pages(CONTRACT, bundled_facts()))


def test_each_operation_has_its_page(written: dict[str, str]) -> None:
    """There is a page for each operation, one for each service, and the first."""
    texts = {name for name in written if name.endswith(".md") and not name.startswith("python/")}
    expected = {f"{operation.service}/{operation.name}.md" for operation in OPERATIONS}
    assert texts == expected | {f"{service}/index.md" for service in CONTRACT} | {
        "index.md",
        "codes.md",
        "limits.md",
        "changelog.md",
    }
    assert len(expected) == 112


def test_the_pages_are_the_same_each_time(written: dict[str, str]) -> None:
    """Two runs write the same bytes."""
    assert dict(pages(CONTRACT, bundled_facts())) == written


def test_a_page_tells_each_member_of_the_first_level(written: dict[str, str]) -> None:
    """Every member of params and result stands on the page of its operation, with its values."""
    for operation in OPERATIONS:
        text = written[f"{operation.service}/{operation.name}.md"]
        for member in (*operation.request.members, *operation.response.members):
            assert f"<code>{member.name}</code>" in text, (operation.key, member.name)
            assert all(f"<code>{value}</code>" in text for value in member.shape.values), (operation.key, member.name)


def test_a_link_within_a_page_leads_to_a_type_on_it(written: dict[str, str]) -> None:
    """What is told above is there, once."""
    for name, text in written.items():
        anchors = re.findall(r'id="([^"]+)"', text)
        assert len(anchors) == len(set(anchors)), name
        assert set(re.findall(r'href="#([^"]+)"', text)) <= set(anchors), name


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("ads/update.md", "at most 1,000 in one call; more is error 9300"),
        ("ads/update.md", "20 per call and 20 per object."),
        ("ads/update.md", "automatically only if it certainly did not act"),
        ("changelog.md", "the page [What changed in the API](../api-changes.md)"),
        ("bids/set.md", "at most 10 by CampaignId, 1,000 by AdGroupId, 10,000 by KeywordId in one call"),
        ("keywords/get.md", "with Productivity, StatisticsNetwork, StatisticsSearch: 15 per call and 3 per 2,000"),
        ("keywords/get.md", "automatically, also after a lost response: it only reads"),
        ("keywords/get.md", '<code>CampaignIds</code> <span class="type">list of long</span>'),
        ("keywords/get.md", '<span class="mark limit">at most 10</span>'),
        ("keywords/get.md", '<span class="mark required">one of these required</span>'),
        ("bidmodifiers/get.md", "at most 10,000 objects; Limit plus Offset is at most 120,000"),
        ("strategies/add.md", "assumed by analogy"),
        ("changes/check.md", "`OperationResult`"),
        ("agencyclients/add.md", "Refused with error 3001"),
        ("agencyclients/add.md", "For agencies with a permission; others call addPassportOrganization."),
        ("campaigns/update.md", '<code>DailyBudget</code> <span class="type">DailyBudget</span>'),
        ("campaigns/update.md", '<code>Amount</code> <span class="type">long</span>'),
        ("campaigns/update.md", '<span class="mark money">money</span>'),
        ("campaigns/update.md", '<span class="mark nillable">nillable</span>'),
        ("campaigns/update.md", '<span class="mark scaled">millionths</span>'),
        ("adimages/add.md", '<code>ImageData</code> <span class="type">bytes</span>'),
        ("ads/get.md", "10 values"),
    ],
)
def test_a_page_tells(page: str, text: str, written: dict[str, str]) -> None:
    """Limits, units, marks and kinds stand where a reader looks for them."""
    assert text in written[page]
