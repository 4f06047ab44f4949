"""Seed files: a user's own accounts and objects, and what is wrong with them."""

import shutil
from pathlib import Path

import pytest
import simplejson

from tests.emulator.emulator_client import EmulatorClient
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.user_files.data_files import read
from yadirect_soap.errors import ConfigurationError

SHOP = Path(__file__).with_name("seeds") / "shop.yaml"


def test_a_seed_file_is_planted() -> None:
    """Its objects are there as the API gives them, with identifiers for labels and defaults for what is left out."""
    with Emulator(seed=SHOP) as emulator:
        client = EmulatorClient(emulator, "shop-token")
        ad = client.by_id(
            "ads", 700000001, "AdGroupId", "CampaignId", "State", TextAdFieldNames=["Title", "SitelinkSetId"]
        )
        group = client.by_id("adgroups", ad["AdGroupId"], "Name", "CampaignId", "Status")
        campaign = client.by_id("campaigns", ad["CampaignId"], "Name", "StartDate", "Currency", "State")
    assert (ad["TextAd"]["Title"], ad["State"]) == ("@home", "ON")
    assert group == {"Name": "Shelves", "CampaignId": ad["CampaignId"], "Status": "ACCEPTED"}
    assert campaign == {"Name": "Spring", "StartDate": "2026-03-01", "Currency": "RUB", "State": "ON"}
    assert ad["TextAd"]["SitelinkSetId"] > 0


def test_planted_objects_live_like_others() -> None:
    """They can be changed by calls, and new objects get identifiers of their own."""
    with Emulator(seed=SHOP) as emulator:
        client = EmulatorClient(emulator, "shop-token")
        group = client.by_id("ads", 700000001, "AdGroupId")["AdGroupId"]
        assert client.on("ads", "suspend", 700000001) == [{"Id": 700000001, "Errors": []}]
        assert client.ad(group) > 700000001
        (keyword,) = client.result(
            "keywords",
            "get",
            {
                "SelectionCriteria": {"AdGroupIds": [group]},
                "FieldNames": ["Keyword", "Bid"],
            },
        )["Keywords"]
    assert keyword == {"Keyword": "cedar shelf", "Bid": 12_000_000}


def test_agencies_and_their_clients_are_planted() -> None:
    """A client's agency calls for it, and the units of an account are the file's."""
    with Emulator(seed=SHOP) as emulator:
        agency = EmulatorClient(emulator, "house-token", {"Client-Login": "guest"})
        assert agency.result("campaigns", "get", {"FieldNames": ["Id"]}) == {"Campaigns": []}
        shop = emulator.accounts.by_login("shop")
    assert shop is not None
    assert shop.daily_units == 5000


def test_the_same_seed_may_be_json(tmp_path: Path) -> None:
    """JSON with the same data plants the same."""
    (tmp_path / "shop.json").write_text(simplejson.dumps(read(SHOP)), "utf-8")
    documents = []
    for path in (SHOP, tmp_path / "shop.json"):
        with Emulator(seed=path, clock=lambda: 0.0) as emulator:
            documents.append([row.document for row in emulator.store.rows("ads", "shop")])
    assert documents[0] == documents[1]


def test_a_store_that_is_not_new_is_left_alone(tmp_path: Path) -> None:
    """A seed is for a new store: what happened to it since is kept."""
    for _ in range(2):
        with Emulator(tmp_path / "e.db", seed=SHOP) as emulator:
            EmulatorClient(emulator, "shop-token").campaign(StartDate="2096-06-01")
    with Emulator(tmp_path / "e.db") as emulator:
        assert emulator.store.count("campaigns", "shop") == 3


MISTAKES = """
account: x
accounts:
  - 5
  - {login: a, kind: queen}
  - {login: b, kind: client, agency: nobody}
  - login: c
    objects:
      campaign: []
      adgroups: {}
      campaigns:
        - {Name: 5, StartDat: 2026-01-01}
        - x
        - {label: one, Name: One, DailyBudget: {Amount: NO, Mode: STANDARD}}
      ads:
        - {AdGroupId: 99, TextAd: {Title: A}}
        - {AdGroupId: "@two"}
        - {TextAd: {Title: A}}
  - {login: "two words", token: "two words", currency: RUBL, created_at: 1.1.2026, objects: {campaigns: [{Name: 6}]}}
  - login: d
    objects:
      campaigns:
        - {Name: A, StartDate: 01.03.2026, EndDate: 2026-02-30, Currency: RUBL, Type: TEXT, Id: -1}
        - {Name: B, StartDate: 2026-03-02, EndDate: 2026-03-01, Notification: {SmsSettings: {TimeFrom: "9"}}}
"""
ERRORS = (
    "$.account: unknown, expected accounts",
    "$.accounts[0]: found 5 (int), expected an object",
    "$.accounts[1].kind: found 'queen' (str), expected one of advertiser, agency, client",
    "$.accounts[2].agency: found 'nobody' (str), expected an agency made before",
    "$.accounts[3].objects.campaign: unknown, expected a service with objects; did you mean 'campaigns'?",
    "$.accounts[3].objects.adgroups: found dict, expected a list",
    "$.accounts[3].objects.campaigns[0].Name: found 5 (int), expected a string",
    "$.accounts[3].objects.campaigns[0].StartDat: found an unknown name, expected a member of campaigns:",
    "$.accounts[3].objects.campaigns[1]: found 'x' (str), expected an object",
    "$.accounts[3].objects.campaigns[2].DailyBudget.Amount: found 'NO' (str), expected an int of 64 bits",
    "$.accounts[3].objects.ads[0].AdGroupId: found 99, expected one of adgroups further up",
    "$.accounts[3].objects.ads[1].AdGroupId: found @two, expected the label of an object further up",
    "$.accounts[3].objects.ads[2].AdGroupId: missing, expected one of adgroups further up",
    "$.accounts[4].token: the token is empty or contains characters that a header cannot carry",
    "$.accounts[4].login: found 'two words' (str), expected a login",
    "$.accounts[4].currency: found 'RUBL' (str), expected one of RUB",
    "$.accounts[4].created_at: found '1.1.2026' (str), expected a day such as 2026-03-01",
    "$.accounts[4].objects.campaigns[0].Name: found 6 (int), expected a string",
    "$.accounts[5].objects.campaigns[0].Currency: found 'RUBL' (str), expected one of YND_FIXED, RUB",
    "$.accounts[5].objects.campaigns[0].Type: found 'TEXT' (str), expected one of",
    "$.accounts[5].objects.campaigns[0].StartDate: found '01.03.2026' (str), expected a day such as 2026-03-01",
    "$.accounts[5].objects.campaigns[0].EndDate: found '2026-02-30' (str), expected a day such as 2026-03-01",
    "$.accounts[5].objects.campaigns[0].Id: found -1 (int), expected an identifier from 1",
    "$.accounts[5].objects.campaigns[1].Notification.SmsSettings.TimeFrom: found '9' (str), expected a time of day",
    "$.accounts[5].objects.campaigns[1].EndDate: found '2026-03-01' (str), expected a day not before StartDate",
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", "[" * 100_000),
        ("a.json", '{"accounts": [{"client_id": 1e999999999999999999999}]}'),
        ("a.json", '{"accounts": [{"client_id": 1' + "0" * 5000 + "}]}"),
        ("a.json", '{"accounts": [{"login": "\\ud800"}]}'),
        ("a.yaml", "[" * 100_000),
        ("a.yaml", "accounts: &a [*a]"),
        (
            "a.yaml",
            "a: &a [1,1]\n"
            + "".join(
                f"b{n}: &b{n} [*{p}, *{p}, *{p}]\n"
                for n, p in enumerate(["a", *(f"b{number}" for number in range(30))])
            ),
        ),
        ("a.toml", "a = " + "[" * 5000),
        ("a.toml", "a = inf"),
    ],
    ids=["brackets", "exponent", "digits", "surrogate", "YAML brackets", "itself", "laughs", "TOML brackets", "inf"],
)
def test_a_file_that_nothing_can_hold_is_a_mistake_of_configuration(tmp_path: Path, name: str, text: str) -> None:
    """However deep, large or odd it is, it is told as one, with the file's name."""
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(ConfigurationError, match=name):
        Emulator(seed=tmp_path / name)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    """Each error has its place, what was found there and what was expected."""
    (tmp_path / "bad.yaml").write_text(MISTAKES, "utf-8")
    with pytest.raises(ConfigurationError) as raised:
        Emulator(seed=tmp_path / "bad.yaml")
    lines = [line.strip() for line in str(raised.value).removeprefix(f"{tmp_path}/bad.yaml: ").splitlines()]
    assert len(lines) == len(ERRORS)
    for line, error_text in zip(lines, ERRORS, strict=True):
        assert line.startswith(error_text)


@pytest.mark.parametrize(
    ("more", "error_text"),
    [
        ("  - {login: shop}\n", "the login 'shop' or its client_id is already in use"),
        ("  - {login: d, token: 5}\n", "$.accounts[3].token: found 5 (int), expected a text"),
        ("  - {login: d, token: shop-token}\n", "$.accounts[3].token: found one that acts for another login already"),
        ("  - {login: d, networks: [here]}\n", "$.accounts[3]: 'here' does not appear to be an IPv4 or IPv6 network"),
        (
            "  - {login: d, objects: {sitelinks: [{Id: 7}, {Id: 7}]}}\n",
            "$.accounts[3].objects.sitelinks[1].Id: found 7, which is already in use",
        ),
    ],
    ids=["login", "token", "another's token", "network", "id"],
)
def test_a_mistake_plants_nothing(tmp_path: Path, more: str, error_text: str) -> None:
    """What was right before the mistake is not kept either."""
    shutil.copy(SHOP, tmp_path / "bad.yaml")
    with (tmp_path / "bad.yaml").open("a", encoding="utf-8") as file:
        file.write(more)
    with pytest.raises(ConfigurationError) as raised:
        Emulator(tmp_path / "e.db", seed=tmp_path / "bad.yaml")
    assert error_text in str(raised.value)
    with Emulator(tmp_path / "e.db", seed=False) as emulator:
        assert list(emulator.accounts) == []


MORE_MISTAKES = """\
accounts:
  - login: "bad\\x01login"
    daily_units: many
  - login: shop
    objects:
      campaigns:
        - label: spring
          Name: "Spring\\x02"
          StartDate: 1 May
        - {label: autumn, Name: Autumn}
        - {label: autumn, Name: Autumn again}
        - {label: 5, Name: Five}
      adgroups:
        - {label: shelves, CampaignId: "@spring", Name: Shelves, RegionIds: [225]}
        - label: tables
          CampaignId: "@autumn"
          Name: Tables
          NegativeKeywordSharedSetIds: {Items: [71]}
      ads:
        - {AdGroupId: "@shelves", TextAd: {Title: A, Mobile: no}}
        - AdGroupId: "@tables"
          TextAd:
            Title: B
            SitelinkSetId: 99
            VCardId: "@nowhere"
            AdImageHash: none
            AdExtensions:
              - {AdExtensionId: 12345, Type: CALLOUT}
      smartadtargets:
        - {AdGroupId: 99999999999999999999, Name: Filter}
"""
MORE_COMPLAINTS = (
    r"$.accounts[0].login: found 'bad\x01login' (str), expected a text without the character U+0001 (line 2)",
    r"$.accounts[1].objects.campaigns[0].Name: found 'Spring\x02' (str), expected a text without the character "
    "U+0002 (line 8)",
    "$.accounts[1].objects.smartadtargets[0].AdGroupId: found 99999999999999999999 (int), expected an integer of 64 "
    "bits (line 30)",
    "$.accounts[0].daily_units: found 'many' (str), expected an integer (line 3)",
    "$.accounts[1].objects.campaigns[0].StartDate: found '1 May' (str), expected a day such as 2026-03-01 (line 9)",
    "$.accounts[1].objects.campaigns[2].label: found 'autumn' (str), which another object has already (line 11)",
    "$.accounts[1].objects.campaigns[3].label: found 5 (int), expected a text (line 12)",
    "$.accounts[1].objects.adgroups[1].NegativeKeywordSharedSetIds.Items[0]: found 71, expected one of "
    "negativekeywordsharedsets further up (line 18)",
    "$.accounts[1].objects.ads[0].TextAd.Mobile: found 'no' (str), expected one of YES, NO; did you mean 'NO'? "
    "(line 20)",
    "$.accounts[1].objects.ads[1].TextAd.VCardId: found @nowhere, expected the label of an object further up (line 25)",
    "$.accounts[1].objects.ads[1].TextAd.SitelinkSetId: found 99, expected one of sitelinks further up (line 24)",
    "$.accounts[1].objects.ads[1].TextAd.AdImageHash: found none, expected one of adimages further up (line 26)",
    "$.accounts[1].objects.ads[1].TextAd.AdExtensions[0].AdExtensionId: found 12345, expected one of adextensions "
    "further up (line 28)",
)


def test_mistakes_of_all_kinds_are_told_together(tmp_path: Path) -> None:
    """Unfit values, wrong ones and names of what is not there are told at once; who names a refused object is not."""
    (tmp_path / "bad.yaml").write_text(MORE_MISTAKES, "utf-8")
    with pytest.raises(ConfigurationError) as raised:
        Emulator(seed=tmp_path / "bad.yaml")
    errors = str(raised.value).removeprefix(f"{tmp_path}/bad.yaml: ").split("\n  ")
    assert tuple(errors) == MORE_COMPLAINTS


def test_a_mistake_without_a_line_of_its_own_has_that_of_its_object(tmp_path: Path) -> None:
    """What is missing has the line of the object in which it is."""
    (tmp_path / "bad.yml").write_text("accounts:\n  - login: a\n    objects:\n      ads:\n        - Id: 5\n", "utf-8")
    with pytest.raises(ConfigurationError, match=r"ads\[0\]\.AdGroupId: missing, .* further up \(line 5\)$"):
        Emulator(seed=tmp_path / "bad.yml")


def test_json_has_no_lines(tmp_path: Path) -> None:
    """An error of a JSON file has its place alone, and a name that is no text of Unicode is written out."""
    (tmp_path / "bad.json").write_text('{"accounts": [{"login": "a", "\\ud800": 1}]}', "utf-8")
    with pytest.raises(ConfigurationError) as raised:
        Emulator(seed=tmp_path / "bad.json")
    assert "\\ud800" in str(raised.value)
    assert "(line" not in str(raised.value)
    assert str(raised.value).encode()


ACCOUNT = "accounts:\n  - login: a\n"
GROUP = """\
    objects:
      campaigns:
        - {label: c, Name: C, Type: TEXT_CAMPAIGN}
        - {label: d, Name: D}
      adgroups:
        - {label: g, CampaignId: "@c", Name: G, RegionIds: [225]}
"""
WRONG_VALUES = {
    "language": ("    language: FR\n", ".language: found 'FR' (str), expected one of RU, UK, EN, TR"),
    "a client of nobody": ("    kind: client\n", ".agency: missing, expected the agency of a client"),
    "an unknown limit": ("    restrictions: {ADS_TOTAL: 5}\n", ".restrictions.ADS_TOTAL: unknown"),
    "a limit in words": (
        "    restrictions: {ADS_TOTAL_PER_ADGROUP: many}\n",
        ".restrictions.ADS_TOTAL_PER_ADGROUP: found 'many' (str), expected a number from 0",
    ),
    "a limit below 0": (
        "    restrictions: {ADS_TOTAL_PER_ADGROUP: -1}\n",
        ".restrictions.ADS_TOTAL_PER_ADGROUP: found -1 (int), expected a number from 0",
    ),
    "another currency": (
        "    objects: {campaigns: [{Name: C, Currency: USD}]}\n",
        ".objects.campaigns[0].Currency: found 'USD' (str), expected that of the account, RUB",
    ),
    "a time zone": (
        "    objects: {campaigns: [{Name: C, TimeZone: Europe/Moscou}]}\n",
        ".objects.campaigns[0].TimeZone: found 'Europe/Moscou' (str), expected a time zone of Dictionaries.get; did",
    ),
    "an amount below 0": (
        "    objects: {campaigns: [{Name: C, DailyBudget: {Amount: -300000000, Mode: STANDARD}}]}\n",
        ".objects.campaigns[0].DailyBudget.Amount: found -300000000 (int), expected an amount, 0 or more",
    ),
    "another type": (
        "    objects: {campaigns: [{Name: C, Type: SMART_CAMPAIGN, TextCampaign: {}}]}\n",
        ".objects.campaigns[0].Type: found 'SMART_CAMPAIGN' (str), expected TEXT_CAMPAIGN, since it has TextCampaign",
    ),
    "two kinds": (
        "    objects: {campaigns: [{Name: C, TextCampaign: {}, SmartCampaign: {}}]}\n",
        ".objects.campaigns[0].SmartCampaign: found a second kind of object, expected TextCampaign alone",
    ),
    "a region": (
        GROUP.replace("225", "225, -999999999"),
        ".objects.adgroups[0].RegionIds[1]: found -999999999 (int), expected a region of Dictionaries.get",
    ),
    "no phrase": (
        GROUP + '      keywords: [{AdGroupId: "@g"}]\n',
        ".objects.keywords[0].Keyword: missing or empty, expected a phrase",
    ),
    "another campaign": (
        GROUP + '      keywords: [{AdGroupId: "@g", Keyword: a, CampaignId: "@d"}]\n',
        ".objects.keywords[0].CampaignId: found 700000002, expected that of its group, 700000001",
    ),
    "no hash": ("    objects: {adimages: [{Name: A}]}\n", ".objects.adimages[0].AdImageHash: missing, expected an id"),
    "no identifier": ("    objects: {turbopages: [{Name: A}]}\n", ".objects.turbopages[0].Id: missing, expected an id"),
}


@pytest.mark.parametrize(("members", "error_text"), WRONG_VALUES.values(), ids=WRONG_VALUES)
def test_a_value_that_the_api_never_gives_is_refused(tmp_path: Path, members: str, error_text: str) -> None:
    """A value of the right type that no account or object has is one error, at its place."""
    (tmp_path / "bad.yaml").write_text(ACCOUNT + members, "utf-8")
    with pytest.raises(ConfigurationError) as raised:
        Emulator(seed=tmp_path / "bad.yaml")
    message = str(raised.value).removeprefix(f"{tmp_path}/bad.yaml: ")
    assert message.startswith(f"$.accounts[0]{error_text}")
    assert "\n" not in message
