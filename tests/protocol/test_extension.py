"""What is live and in no WSDL is added to descriptions; what a description has itself wins."""

from pathlib import Path

import pytest
from lxml import etree

from yadirect_soap import Direct
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol import api_changes
from yadirect_soap.protocol.contract import Contract, bundled, bundled_directory
from yadirect_soap.protocol.descriptions import File, described_at
from yadirect_soap.protocol.soap.message_schema import MessageSchema
from yadirect_soap.protocol.soap.xsd import Schemas
from yadirect_soap.protocol.wsdl import extension, folder
from yadirect_soap.protocol.wsdl.description import ComplexType, Content, Enumeration, Field, Schema
from yadirect_soap.protocol.wsdl.document_set import schema_of
from yadirect_soap.protocol.wsdl.parse import parse

ADDITIONS = tuple(api_changes.bundled().by_addition)


def _group(*fields: Field, values: tuple[str, ...] = ("OfferRetargeting",), base: str | None = None) -> Schema:
    """The part of adgroups that is about unified groups."""
    return Schema(
        "adgroups",
        (
            ComplexType("UnifiedAdGroupGet", Content(fields, base)),
            ComplexType("Base", Content((Field("Scenario", "xsd:int"),))),
            Enumeration("UnifiedAdGroupFieldEnum", values),
        ),
    )


def _fields(schema: Schema) -> dict[str, str]:
    (group,) = (named for named in schema.types if named.name == "UnifiedAdGroupGet")
    assert isinstance(group, ComplexType)
    return {field.name: field.type for field in group.content.fields}


def test_the_bundled_descriptions_have_no_addition() -> None:
    """What wsdl/ brings itself is no longer an addition: such a row is to be deleted."""
    assert sorted(extension.additions_of(folder.read(bundled_directory()))) == sorted(ADDITIONS) != []


def test_an_extended_description_has_all_additions() -> None:
    """Extended descriptions lack nothing, and are not extended again."""
    documents = {
        file: extension.extended(description) for file, description in folder.read(bundled_directory()).items()
    }
    assert extension.additions_of(documents) == []
    assert all(extension.extended(description) is description for description in documents.values())


def test_a_missing_member_is_added() -> None:
    """Members and values come behind those of the description."""
    extended = extension.extended(_group(Field("OfferRetargeting", "general:YesNoEnum", 0)))
    assert isinstance(extended, Schema)
    assert list(_fields(extended)) == ["OfferRetargeting", "Scenario", "CurrentAudienceRetargetingConditionId"]
    (values,) = (named.values for named in extended.types if isinstance(named, Enumeration))
    assert values == ("OfferRetargeting", "Scenario", "CurrentAudienceRetargetingConditionId")


@pytest.mark.parametrize("is_inherited", [False, True], ids=["its own", "inherited"])
def test_a_member_of_the_description_wins(is_inherited: bool) -> None:
    """A member that the description has, or inherits, keeps its type, and only the others are added."""
    own = () if is_inherited else (Field("Scenario", "xsd:int"),)
    extended = extension.extended(_group(*own, base="adgroups:Base" if is_inherited else None))
    assert isinstance(extended, Schema)
    added = {"CurrentAudienceRetargetingConditionId": "xsd:long"}
    assert _fields(extended) == ({} if is_inherited else {"Scenario": "xsd:int"}) | added


def test_a_newer_wsdl_ends_an_addition(tmp_path: Path) -> None:
    """A contract read from WSDLs that have a member takes it from them, unmarked; it is marked where they lack it."""
    for file, content in folder.contents(bundled_directory()).items():
        (tmp_path / file).write_bytes(content)
    path = tmp_path / "campaigns.wsdl"
    own = b'<xsd:element name="CreateTime" type="xsd:string"/>'
    at = b'<xsd:complexType name="CampaignGetItem">\n        <xsd:sequence>'
    assert at in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(at, at + own))
    item = Contract(tmp_path).operation("campaigns", "get").response.by_name["Campaigns"].shape
    assert item.members[0].name == "CreateTime"
    assert item.members[0].required
    assert item.beyond_wsdl == frozenset()
    assert item.by_name["UnifiedCampaign"].shape.beyond_wsdl == {"DefaultBusinessId", "DefaultPhoneId"}


@pytest.mark.parametrize(("type_name", "name"), ADDITIONS)
def test_an_addition_is_marked(type_name: str, name: str) -> None:
    """Each addition tells its day and its source."""
    change = api_changes.bundled().by_addition[type_name, name]
    assert api_changes.bundled().mark(type_name, name) == f"in no WSDL; {change.when}, {change.source}"
    assert change.services


# --- what messages are validated against, and what is served -------------------------------------------------


def _request(field: str) -> bytes:
    """A request of campaigns that are created, with a field."""
    return (
        '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>'
        '<c:GetRequest xmlns:c="http://api.direct.yandex.com/v5/campaigns">'
        f"<SelectionCriteria/><FieldNames>{field}</FieldNames></c:GetRequest></e:Body></e:Envelope>"
    ).encode()


@pytest.mark.parametrize(("field", "is_valid"), [("CreateTime", True), ("Name", True), ("CreatedTime", False)])
def test_a_request_is_validated_with_the_additions(field: str, is_valid: bool) -> None:
    """Both validators take a value that is live, as one of the WSDL, and refuse one that is nowhere."""
    whole = MessageSchema(bundled_directory(), ["campaigns"])
    assert (whole.violations(_request(field)) == []) is is_valid
    message = etree.fromstring(_request(field))[0][0]
    assert (Schemas(bundled_directory()).violations("campaigns", message) == []) is is_valid


def test_a_strict_emulator_takes_what_is_live() -> None:
    """In strict mode a request with an addition is no departure."""
    with Emulator(strict="error") as emulator:
        direct = Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session())
        assert direct.campaigns.get(SelectionCriteria={}, FieldNames=["CreateTime"])[0]["CreateTime"]


@pytest.mark.parametrize("file", ["campaigns.wsdl", "ads.wsdl", "general.xsd"])
def test_the_published_descriptions_are_served(file: str) -> None:
    """A server hands out the WSDLs without the additions."""
    served = described_at(bundled(), File(file), "https://api.example/v5")
    description = parse(served)
    assert list(extension.additions(schema_of(description)))
    assert schema_of(description) == schema_of(parse((bundled_directory() / file).read_bytes()))


def test_a_seed_file_may_have_additions(tmp_path: Path) -> None:
    """An object of a seed file may have a member that no WSDL has, and it comes back."""
    seed = tmp_path / "seed.yaml"
    seed.write_text(
        "accounts:\n- login: shop\n  token: shop-token\n  objects:\n    campaigns:\n"
        "    - {Name: Spring, Type: TEXT_CAMPAIGN, TextCampaign: {}, StartDate: 2026-03-01,"
        " CreateTime: '2026-02-28T10:00:00Z'}\n",
        "utf-8",
    )
    with Emulator(seed=seed) as emulator:
        direct = Direct("shop-token", endpoint=emulator.endpoint, session=emulator.session())
        (campaign,) = direct.campaigns.get(SelectionCriteria={}, FieldNames=["CreateTime"])
    assert campaign == {"CreateTime": "2026-02-28T10:00:00Z"}
