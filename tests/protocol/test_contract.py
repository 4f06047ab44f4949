"""The contract as records: what is in it, in which order, how it is looked up; against the descriptions themselves.

The descriptions are read here by lxml, not by the package's own readers.
"""

import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from yadirect_soap.errors import ConfigurationError, DirectError, UnknownNameError
from yadirect_soap.protocol import api_changes
from yadirect_soap.protocol.contract import Contract, bundled, bundled_directory, nearest
from yadirect_soap.protocol.model import Kind, Member, Operation, Shape

XSD = "{http://www.w3.org/2001/XMLSchema}"
SOAP = "{http://schemas.xmlsoap.org/wsdl/soap/}"
API = "http://api.direct.yandex.com/v5/"

OPERATIONS = tuple(operation for service in bundled().values() for operation in service.operations.values())


def _reachable() -> dict[str, Shape]:
    """Every shape of the contract by its name, the elements of messages among them."""
    shapes: dict[str, Shape] = {}
    waiting = [shape for operation in OPERATIONS for shape in (operation.request, operation.response)]
    while waiting:
        shape = waiting.pop()
        if shapes.setdefault(shape.name, shape) is shape:
            waiting.extend(member.shape for member in shape.members if member.shape.name not in shapes)
    return shapes


SHAPES = _reachable()
IN_NO_WSDL = api_changes.bundled().types.keys() | api_changes.bundled().enumerations.keys()
OBJECTS = tuple(sorted({name for name, shape in SHAPES.items() if shape.kind is Kind.OBJECT} - IN_NO_WSDL))
ENUMERATIONS = tuple(sorted({name for name, shape in SHAPES.items() if shape.kind is Kind.ENUM} - IN_NO_WSDL))


@cache
def _declared(tag: str) -> dict[str, etree._Element]:
    """The named declarations of a kind in all descriptions, by qualified name."""
    declared: dict[str, etree._Element] = {}
    for path in (*bundled_directory().glob("*.wsdl"), *bundled_directory().glob("*.xsd")):
        for schema in etree.parse(path).iter(f"{XSD}schema"):
            space = schema.get("targetNamespace", "").rpartition("/")[2]
            declared |= {f"{space}:{node.get('name')}": node for node in schema.iterchildren(f"{XSD}{tag}")}
    return declared


def _qualified(node: etree._Element, reference: str) -> str:
    prefix, _, name = reference.rpartition(":")
    space = str(node.nsmap[prefix or None])
    return f"{'xsd' if f'{{{space}}}' == XSD else space.removeprefix(API)}:{name}"


def _elements(name: str) -> Iterator[etree._Element]:
    """The elements of a type or of a message, those of its base type first."""
    declaration = _declared("complexType")[name] if name in _declared("complexType") else _declared("element")[name]
    if declaration.get("type"):
        yield from _elements(_qualified(declaration, declaration.get("type", "")))
    for extension in declaration.iter(f"{XSD}extension"):
        yield from _elements(_qualified(extension, extension.get("base", "")))
    yield from declaration.iter(f"{XSD}element") if declaration.tag != f"{XSD}element" else _own(declaration)


def _own(declaration: etree._Element) -> Iterator[etree._Element]:
    return (node for node in declaration.iter(f"{XSD}element") if node is not declaration)


def _row(node: etree._Element) -> tuple[str | None, str, bool, bool, bool]:
    many, required = node.get("maxOccurs") == "unbounded", node.get("minOccurs") != "0"
    return node.get("name"), _qualified(node, node.get("type", "")), required, many, node.get("nillable") == "true"


def _of_the_schema(shape: Shape) -> list[Member]:
    return [member for member in shape.members if member.name not in shape.beyond_wsdl]


def _member(operation: str, *path: str) -> Member:
    """The member at the end of a path from an operation's params."""
    shape = bundled().operation(*operation.split(".")).request
    for name in path[:-1]:
        shape = shape.by_name[name].shape
    return shape.by_name[path[-1]]


# --- what is in it ------------------------------------------------------------------------------------------


def test_the_contract_has_29_services() -> None:
    """There are 29 services, by their names in lower case and in order."""
    assert len(bundled()) == 29
    assert list(bundled()) == sorted(path.stem for path in bundled_directory().glob("*.wsdl"))


def test_the_contract_has_112_operations() -> None:
    """There are 112 operations, each under one key."""
    assert len({operation.key for operation in OPERATIONS}) == len(OPERATIONS) == 112


@pytest.mark.parametrize("name", OBJECTS)
def test_members_are_those_of_the_schema(name: str) -> None:
    """An object has the schema's elements, in its order, each with its type, occurrence and nillable."""
    members = _of_the_schema(SHAPES[name])
    rows = [(member.name, member.shape.name, member.required, member.many, member.nillable) for member in members]
    assert rows == [_row(node) for node in _elements(name)]


@pytest.mark.parametrize("name", ENUMERATIONS)
def test_values_are_those_of_the_schema(name: str) -> None:
    """An enumeration has the schema's values, in its order."""
    values = [node.get("value") for node in _declared("simpleType")[name].iter(f"{XSD}enumeration")]
    shape = SHAPES[name]
    assert [value for value in shape.values if value not in shape.beyond_wsdl] == values != []


@pytest.mark.parametrize("name", bundled())
def test_operations_are_those_of_the_binding(name: str) -> None:
    """A service has its binding's operations, in their order, with their SOAPActions, and its address."""
    root = etree.parse(bundled_directory() / f"{name}.wsdl").getroot()
    actions = [node.get("soapAction") for node in root.iter(f"{SOAP}operation")]
    service = bundled()[name]
    assert [operation.soap_action for operation in service.operations.values()] == actions
    assert [service.address] == [node.get("location") for node in root.iter(f"{SOAP}address")]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
def test_messages_are_named_after_the_operation(operation: Operation) -> None:
    """The messages of checkCampaigns are CheckCampaignsRequest and CheckCampaignsResponse, and so for all."""
    title = operation.name[0].upper() + operation.name[1:]
    space = operation.service
    assert (operation.request.name, operation.response.name) == (f"{space}:{title}Request", f"{space}:{title}Response")


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
def test_the_soap_action_ends_in_the_operation(operation: Operation) -> None:
    """A SOAPAction is the v5 address of the operation, over http or https, whatever version is called."""
    assert operation.soap_action.partition("://")[2] == f"api.direct.yandex.com/v5/{operation.service}/{operation.name}"


HTTP_SERVICES = frozenset(
    {
        "ads",
        "advideos",
        "bidmodifiers",
        "businesses",
        "campaigns",
        "creatives",
        "dictionaries",
        "dynamicfeedadtargets",
        "dynamictextadtargets",
        "keywords",
        "smartadtargets",
        "strategies",
    }
)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
def test_the_scheme_of_the_soap_action_goes_by_the_service(operation: Operation) -> None:
    """Twelve services and feeds.delete have an http SOAPAction, all the rest an https one."""
    http = operation.service in HTTP_SERVICES or operation.key == "feeds.delete"
    assert operation.soap_action.partition(":")[0] == ("http" if http else "https")


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
def test_paging_comes_first(operation: Operation) -> None:
    """A get with pages has Page before all else and answers with LimitedBy before all else."""
    request = [member.name for member in operation.request.members]
    response = [member.name for member in operation.response.members]
    assert ("Page" in request) == ("LimitedBy" in response)
    assert "Page" not in request or (request[0], response[0]) == ("Page", "LimitedBy")


def test_a_base_type_is_the_owner_of_its_members() -> None:
    """A member knows the type that declares it, which may be a base of the object's own."""
    page, fields = _member("campaigns.get", "Page"), _member("campaigns.get", "FieldNames")
    assert (page.owner, fields.owner) == ("general:GetRequestGeneral", "campaigns:GetRequest")


def test_an_inherited_result_starts_with_warnings_and_errors() -> None:
    """ActionResult is Warnings, Errors, Id: the base type's members come first."""
    shape = bundled().operation("ads", "add").response.by_name["AddResults"].shape
    assert [member.name for member in shape.members] == ["Warnings", "Errors", "Id"]


# Case: the path, then kind, required, many, nillable.
MEMBERS: dict[str, tuple[tuple[str, ...], tuple[Kind, bool, bool, bool]]] = {
    "list of objects": (("ads.update", "Ads"), (Kind.OBJECT, True, True, False)),
    "required long": (("ads.update", "Ads", "Id"), (Kind.LONG, True, False, False)),
    "optional object": (("ads.update", "Ads", "TextAd"), (Kind.OBJECT, False, False, False)),
    "nillable object": (("ads.update", "Ads", "TextAd", "CalloutSetting"), (Kind.OBJECT, False, False, True)),
    "nillable text": (("ads.update", "Ads", "TextAd", "Href"), (Kind.STRING, False, False, True)),
    "nillable long": (("ads.update", "Ads", "TextAd", "VCardId"), (Kind.LONG, False, False, True)),
    "enumeration": (("ads.update", "Ads", "TextAd", "AgeLabel"), (Kind.ENUM, False, False, False)),
    "list of values": (("ads.get", "FieldNames"), (Kind.ENUM, True, True, False)),
    "list of longs": (("ads.get", "SelectionCriteria", "Ids"), (Kind.LONG, False, True, False)),
    "int": (("bidmodifiers.set", "BidModifiers", "BidModifier"), (Kind.INT, True, False, False)),
    "decimal": (("vcards.add", "VCards", "PointOnMap", "X"), (Kind.DECIMAL, True, False, False)),
    "bytes": (("adimages.add", "AdImages", "ImageData"), (Kind.BASE64, True, False, False)),
}


@pytest.mark.parametrize(("path", "expected"), MEMBERS.values(), ids=MEMBERS)
def test_a_member_says_what_it_holds(path: tuple[str, ...], expected: tuple[Kind, bool, bool, bool]) -> None:
    """A member says its kind, whether it is required, a list, nillable."""
    member = _member(*path)
    assert (member.shape.kind, member.required, member.many, member.nillable) == expected


def test_a_type_is_one_shape() -> None:
    """Wherever a service uses a type, it is the same shape."""
    operations = bundled()["ads"].operations
    shapes = {operations[name].response.members[0].shape for name in ("add", "update", "delete", "moderate")}
    assert [shape.name for shape in shapes] == ["general:ActionResult"]


# --- looking up ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["adgroups", "AdGroups", "ADGROUPS"])
def test_a_service_is_found_in_any_case(name: str) -> None:
    """A service's name may be written as in its address or as in its WSDL."""
    service = bundled().service(name)
    assert (service.name, service.title) == ("adgroups", "AdGroups")


UNKNOWN = {
    "service": (("adgrups", "get"), "no service 'adgrups'; did you mean 'adgroups'?"),
    "service like none": (("xyzzy", "get"), "no service 'xyzzy'"),
    "empty service": (("", "get"), "no service ''"),
    "path for a service": (("../wsdl/ads", "get"), "no service '../wsdl/ads'"),
    "operation": (("ads", "moderat"), "no operation 'moderat' in ads; did you mean 'moderate'?"),
    "operation in another case": (("changes", "CheckCampaigns"), "no operation 'CheckCampaigns' in changes; did you "),
    "operation like none": (("ads", "xyzzy"), "no operation 'xyzzy' in ads"),
    "withdrawn operation": (("bidmodifiers", "toggle"), "no operation 'toggle' in bidmodifiers"),
}


@pytest.mark.parametrize(("names", "message"), UNKNOWN.values(), ids=UNKNOWN)
def test_an_unknown_name_is_refused_with_the_nearest(names: tuple[str, str], message: str) -> None:
    """An unknown service or operation is an UnknownNameError, which tells the nearest right name."""
    with pytest.raises(UnknownNameError) as caught:
        bundled().operation(*names)
    assert str(caught.value).startswith(message)
    assert isinstance(caught.value, LookupError)
    assert isinstance(caught.value, DirectError)


def test_the_contract_is_a_mapping() -> None:
    """The contract can be asked as a dict can, with names in lower case."""
    assert "ads" in bundled()
    assert "Ads" not in bundled()
    assert bundled().get("xyzzy") is None


HINTS = {
    "misspelt": ("Titel", "; did you mean 'Title'?"),
    "other case": ("TITLE2", "; did you mean 'Title2'?"),
    "like none": ("Qwerty", ""),
    "empty": ("", ""),
    "as long as a book": ("x" * 1_000_000, ""),
}


@pytest.mark.parametrize(("name", "hint"), HINTS.values(), ids=HINTS)
def test_the_nearest_name_is_hinted_at(name: str, hint: str) -> None:
    """A hint names the nearest known name, without regard to case, or says nothing."""
    assert nearest(name, ["Title", "Title2", "Text"]) == hint


# --- reading ------------------------------------------------------------------------------------------------


def test_a_service_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    """A broken description hurts nobody who does not ask for its service."""
    for name in ("turbopages.wsdl", "general.xsd"):
        (tmp_path / name).write_bytes((bundled_directory() / name).read_bytes())
    (tmp_path / "broken.wsdl").write_text("<wsdl", encoding="utf-8")
    contract = Contract(tmp_path)
    assert list(contract) == ["broken", "turbopages"]
    assert list(contract["turbopages"].operations) == ["get"]


def test_threads_get_one_and_the_same_service() -> None:
    """A service is read once, however many threads ask for it at first."""
    contract = Contract(bundled_directory())
    services = []
    barrier = threading.Barrier(8)

    def look_up() -> None:
        barrier.wait()
        services.append(contract["turbopages"])

    threads = [threading.Thread(target=look_up) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(services) == 8
    assert len({id(service) for service in services}) == 1


def test_a_folder_without_descriptions_is_refused(tmp_path: Path) -> None:
    """A folder without .wsdl files is a mistake in the configuration, not an empty contract."""
    with pytest.raises(ConfigurationError, match=r"no \.wsdl files"):
        Contract(tmp_path)


def test_the_bundled_contract_is_one_for_the_process() -> None:
    """Everybody shares one bundled contract, so that each service is read once."""
    assert bundled() is bundled()


def test_records_cannot_be_changed() -> None:
    """Services, operations and members are frozen, and so are the tables of shapes."""
    operation = bundled().operation("ads", "get")
    with pytest.raises(AttributeError):
        operation.name = "set"  # type: ignore[misc]  # this is what is refused
    with pytest.raises(TypeError):
        operation.request.by_name["Page"] = operation.request.members[0]  # type: ignore[index]  # and this


def test_a_shape_is_shown_by_its_name() -> None:
    """The repr of a shape or an operation is short, although each holds a tree."""
    operation = bundled().operation("ads", "get")
    assert repr(operation.request) == "Shape(ads:GetRequest)"
    assert len(repr(operation)) < 200
