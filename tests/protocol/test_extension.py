"""What is live and in no WSDL is added to descriptions; what a description has itself wins."""

from pathlib import Path

import pytest

from yadirect_soap.protocol import api_changes
from yadirect_soap.protocol.contract import Contract, bundled_directory
from yadirect_soap.protocol.wsdl import extension, folder
from yadirect_soap.protocol.wsdl.description import ComplexType, Content, Enumeration, Field, Schema

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
