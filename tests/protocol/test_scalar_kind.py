"""A kind of single values is a member of Kind and a row of SCALARS: with the two, all that meets a value knows it.

A copy of the package gets xsd:boolean in this way, and an ad that has one; a program uses the copy.
"""

from typing import Any

import pytest

from tests.package_copy import copy_package, insert, run_program

KIND = """
    BOOLEAN = "boolean"
"""

ROW = """
        Kind.BOOLEAN: Scalar(
            xsd="boolean",
            expected="True or False",
            mismatch=lambda value: None if isinstance(value, bool) else "True or False",
            from_text={"true": True, "false": False}.__getitem__,
            from_json=bool,
            sent="bool",
            received="bool",
            sample=True,
            to_text=lambda value: "true" if value else "false",
            json_types=(bool,),
            pattern="true|false",
            convert="true".__eq__,
        ),
"""

MEMBER = '<xsd:element name="IsNew" type="xsd:boolean" minOccurs="0"/>'

PROGRAM = """
import json
from collections import Counter
from tests.protocol import strategies
from yadirect_soap.protocol.type_annotations import spelled
from tools.reference.samples import Samples
from yadirect_soap.protocol import facts
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.soap.fast_decode.compiler import Style
from yadirect_soap.protocol.soap.fast_decode.reader_cache import ReaderCache
from yadirect_soap.protocol.validation import check
from yadirect_soap.protocol.wires import WIRES

add, get = (bundled().operation("ads", name) for name in ("add", "get"))
ad = {"AdGroupId": 7, "IsNew": True}
params = {"Ads": [ad]}
result = {"Ads": [{"Id": number, "IsNew": number % 2 == 0} for number in range(5_000)]}
fitting = {name: wire.encode_fitting(add, params) for name, wire in WIRES.items()}
requests = {name: fitting[name] or wire.encode_request(add, params) for name, wire in WIRES.items()}
responses = {name: wire.encode_result(get, result) for name, wire in WIRES.items()}
readers = ReaderCache(get.listed, worth=1)
for item in result["Ads"][:32]:
    text = f"<Ads><Id>{item['Id']}</Id><IsNew>{str(item['IsNew']).lower()}</IsNew></Ads>"
    reader = readers.learn(item, len(text), Style(nil=frozenset({"/>"})))
member = get.listed.shape.by_name["IsNew"]
sent = add.request.by_name["Ads"].shape
print(json.dumps({
    "taken by the check": check(params, add.request) == [],
    "refused by the check": [violation.expected for violation in check({"Ads": [ad | {"IsNew": "x"}]}, add.request)],
    "written in SOAP": b"<IsNew>true</IsNew>" in requests["soap"],
    "written in JSON": b'"IsNew":true' in requests["json"],
    "read from requests": all(wire.decode_request(bundled()["ads"], requests[name])[1] == params
        for name, wire in WIRES.items()),
    "read from responses": all(wire.decode_result(get, responses[name], Counter()) == result
        for name, wire in WIRES.items()),
    "read by the slow reader": WIRES["soap"].decode_result(
        get, WIRES["soap"].encode_result(get, {"Ads": result["Ads"][:3]}), Counter())["Ads"] == result["Ads"][:3],
    "read by the fast reader": reader.read(text, 0, [])[0] == item,
    "annotated": [spelled(member, facts.bundled(), sent=way) for way in (True, False)],
    "shown in the reference": Samples({}, {sent.name: ("IsNew",)}, ()).params(add)["Ads"][0]["IsNew"],
    "drawn by tests": strategies.complete(sent)["IsNew"],
}))
"""

FACTS: dict[str, Any] = {
    "taken by the check": True,
    "refused by the check": ["True or False"],
    "written in SOAP": True,
    "written in JSON": True,
    "read from requests": True,
    "read from responses": True,
    "read by the slow reader": True,
    "read by the fast reader": True,
    "annotated": ["bool", "bool"],
    "shown in the reference": True,
    "drawn by tests": True,
}


@pytest.fixture(scope="module")
def observed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What the program says of the copy."""
    copy = tmp_path_factory.mktemp("copy")
    copy_package(copy, ["yadirect_soap", "wsdl", "tools", "tests/protocol"], without=["emulator"])
    protocol = copy / "yadirect_soap" / "protocol"
    insert(protocol / "model.py", '    BASE64 = "base64"', KIND)
    insert(protocol / "scalars.py", "        Kind.BASE64: Scalar(", ROW)
    wsdl = copy / "wsdl" / "ads.wsdl"
    for neighbour in ("TextAd", "AgeLabel"):
        before = next(line for line in wsdl.read_text().splitlines() if f'name="{neighbour}"' in line)
        insert(wsdl, before, MEMBER)
    return run_program(copy, PROGRAM)


@pytest.mark.parametrize("fact", FACTS)
def test_a_kind_is_one_row(observed: Any, fact: str) -> None:
    """A value of a kind that was added by a row is treated as any other's."""
    assert observed[fact] == FACTS[fact]
