"""The SOAP wire: what it writes, to the letter and under the schemas, and what it reads, strictly and tolerantly."""

from collections import Counter
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.protocol import strategies
from tests.protocol.extended_wsdl import extended_directory
from yadirect_soap.errors import ApiError, api_error
from yadirect_soap.protocol import soap
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.model import Operation
from yadirect_soap.protocol.scalars import DecodeFailure
from yadirect_soap.protocol.validation import check

OPERATIONS = tuple(operation for service in bundled().values() for operation in service.operations.values())
FEW = settings(max_examples=settings().max_examples // 8)
"""Of each operation; all of them together make many."""

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
NIL = f'{XSI} xsi:nil="true"'
CAMPAIGNS = "http://api.direct.yandex.com/v5/campaigns"

operations = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)


def _operation(key: str) -> Operation:
    return bundled().operation(*key.split("."))


def _envelope(inside: str) -> bytes:
    return f'<S:Envelope xmlns:S="{ENVELOPE}"><S:Body>{inside}</S:Body></S:Envelope>'.encode()


def _answer(inside: str) -> bytes:
    """An answer of campaigns.get."""
    return _envelope(f'<ns0:GetResponse xmlns:ns0="{CAMPAIGNS}">{inside}</ns0:GetResponse>')


def _read(body: bytes, key: str = "campaigns.get") -> tuple[dict[str, Any], dict[str, int]]:
    unknown: Counter[str] = Counter()
    return soap.decode_result(_operation(key), body, unknown), dict(unknown)


# --- under the schemas --------------------------------------------------------------------------------------


@cache
def _schema(service: str) -> etree.XMLSchema:
    """The schema inside a service's description, with the shared ones that it imports."""
    path = extended_directory() / f"{service}.wsdl"
    schema = next(etree.parse(path).iter("{http://www.w3.org/2001/XMLSchema}schema"))
    return etree.XMLSchema(etree.fromstring(etree.tostring(schema), base_url=str(path)))


def _refusal(operation: Operation, body: bytes) -> str:
    """What the service's schema says against the element in an envelope's Body; "" where it is valid."""
    try:
        _schema(operation.service).assertValid(etree.fromstring(body)[0][0])
    except etree.DocumentInvalid as error:
        return str(error)
    return ""


@operations
@FEW
@given(data=st.data())
def test_every_message_is_valid(operation: Operation, data: st.DataObject) -> None:
    """Any params and any result that fit the contract are valid under the schemas once they are encoded."""
    params = data.draw(strategies.params(operation.request))
    result = data.draw(strategies.results(operation.response))
    assert _refusal(operation, soap.encode_request(operation, params)) == ""
    assert _refusal(operation, soap.encode_result(operation, result)) == ""


@pytest.mark.parametrize("nil", [False, True], ids=["values", "nil"])
@operations
def test_every_member_is_valid(operation: Operation, nil: bool) -> None:
    """Every member of every message is valid under the schemas, as a value and as nil."""
    params, result = (strategies.complete(shape, nil=nil) for shape in (operation.request, operation.response))
    assert _refusal(operation, soap.encode_request(operation, params)) == ""
    assert _refusal(operation, soap.encode_result(operation, result)) == ""


def test_the_schemas_do_refuse() -> None:
    """The validation above has teeth: nil where it is not allowed, and a wrong order, are found."""
    operation = _operation("keywords.add")
    nil = soap.encode_request(operation, {"Keywords": [{"Keyword": None, "AdGroupId": 7}]})
    valid = soap.encode_request(operation, {"Keywords": [{"Keyword": "x", "AdGroupId": 7}]})
    wrong = valid.replace(
        b"<Keyword>x</Keyword><AdGroupId>7</AdGroupId>", b"<AdGroupId>7</AdGroupId><Keyword>x</Keyword>"
    )
    assert "not 'nillable'" in _refusal(operation, nil)
    assert "This element is not expected" in _refusal(operation, wrong)


@operations
def test_members_go_out_in_the_order_of_the_schema(operation: Operation) -> None:
    """However the params are ordered, their elements have the schema's order."""
    params = strategies.complete(operation.request)
    backwards = dict(reversed(params.items()))
    assert soap.encode_request(operation, backwards) == soap.encode_request(operation, params)


# --- to the letter ------------------------------------------------------------------------------------------


def test_an_envelope_to_the_letter() -> None:
    """A request is SOAP 1.1 in UTF-8, its wrapper qualified by a prefix and nothing else qualified."""
    params = {"FieldNames": ["Id", "Name"], "SelectionCriteria": {"Ids": [1111191]}}
    assert soap.encode_request(_operation("campaigns.get"), params).decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<SOAP-ENV:Envelope xmlns:SOAP-ENV="{ENVELOPE}" {XSI} xmlns:ns="{CAMPAIGNS}"><SOAP-ENV:Body>'
        "<ns:GetRequest><SelectionCriteria><Ids>1111191</Ids></SelectionCriteria>"
        "<FieldNames>Id</FieldNames><FieldNames>Name</FieldNames></ns:GetRequest>"
        "</SOAP-ENV:Body></SOAP-ENV:Envelope>"
    )


# Case: a campaign's members, and what stands inside its element.
WRITTEN: dict[str, tuple[dict[str, Any], str]] = {
    "text": ({"Name": "Лодки"}, "<Name>Лодки</Name>"),
    "emoji": ({"Name": "🚤"}, "<Name>🚤</Name>"),
    "markup": ({"Name": "<b>&amp;</b> ]]>"}, "<Name>&lt;b&gt;&amp;amp;&lt;/b&gt; ]]&gt;</Name>"),
    "quotes": ({"Name": "\"'"}, "<Name>\"'</Name>"),
    "tab and newline": ({"Name": "a\tb\nc"}, "<Name>a\tb\nc</Name>"),
    "carriage return": ({"Name": "a\r\nb"}, "<Name>a&#13;\nb</Name>"),
    "empty text": ({"Name": ""}, "<Name></Name>"),
    "nil": ({"EndDate": None}, '<EndDate xsi:nil="true"/>'),
    "nil object": ({"DailyBudget": None}, '<DailyBudget xsi:nil="true"/>'),
    "empty object": ({"DailyBudget": {}}, "<DailyBudget></DailyBudget>"),
    "long": ({"Id": -(2**63)}, "<Id>-9223372036854775808</Id>"),
    "array": ({"BlockedIps": {"Items": ["a", "b"]}}, "<BlockedIps><Items>a</Items><Items>b</Items></BlockedIps>"),
    "unknown, last": ({"New": [1, None], "Id": 1}, '<Id>1</Id><New>1</New><New xsi:nil="true"/>'),
    "unknown object": ({"New": {"B": "x", "A": {}}}, "<New><B>x</B><A></A></New>"),
}


@pytest.mark.parametrize(("campaign", "xml"), WRITTEN.values(), ids=WRITTEN)
def test_a_value_to_the_letter(campaign: dict[str, Any], xml: str) -> None:
    """A value is written in the one way that XML and its schema have for it."""
    body = soap.encode_request(_operation("campaigns.update"), {"Campaigns": [campaign]}).decode()
    assert body.partition("<Campaigns>")[2].partition("</Campaigns>")[0] == xml


# --- tolerant as data ---------------------------------------------------------------------------------------

# Case: inside a campaign's element, the campaign as it is read, and what is counted as unknown.
ITEM = "campaigns:CampaignGetItem"
CAMPAIGN: dict[str, tuple[str, dict[str, Any], dict[str, int]]] = {
    "nothing": ("", {}, {}),
    "blanks": (" \n ", {}, {}),
    "in another order": ("<Name>x</Name><Id>1</Id>", {"Name": "x", "Id": 1}, {}),
    "without what is required": ("<Name>x</Name>", {"Name": "x"}, {}),
    "unknown element": ("<New>x</New><Id>1</Id>", {"New": "x", "Id": 1}, {f"{ITEM}.New": 1}),
    "unknown number": ("<New>7</New>", {"New": "7"}, {f"{ITEM}.New": 1}),
    "unknown and empty": ("<New/>", {"New": ""}, {f"{ITEM}.New": 1}),
    "unknown and nil": (f"<New {NIL}/>", {"New": None}, {f"{ITEM}.New": 1}),
    "unknown object": ("<New><A>1</A><B><C/></B></New>", {"New": {"A": "1", "B": {"C": ""}}}, {f"{ITEM}.New": 1}),
    "unknown and repeated": ("<New>1</New><New>2</New><New>3</New>", {"New": ["1", "2", "3"]}, {f"{ITEM}.New": 3}),
    "unknown and repeated inside": ("<New><A>1</A><A>2</A></New>", {"New": {"A": ["1", "2"]}}, {f"{ITEM}.New": 1}),
    "known in another case": ("<id>1</id>", {"id": "1"}, {f"{ITEM}.id": 1}),
    "unknown inside a known": (
        "<DailyBudget><Amount>1</Amount><Currency>RUB</Currency></DailyBudget>",
        {"DailyBudget": {"Amount": 1, "Currency": "RUB"}},
        {"campaigns:DailyBudget.Currency": 1},
    ),
    "repeated single element": ("<Name>x</Name><Name>y</Name>", {"Name": ["x", "y"]}, {f"{ITEM}.Name (repeated)": 1}),
    "three times": (
        "<Name>x</Name><Name>y</Name><Name>z</Name>",
        {"Name": ["x", "y", "z"]},
        {f"{ITEM}.Name (repeated)": 2},
    ),
    "repeated and nil": (
        f"<EndDate {NIL}/><EndDate>x</EndDate>",
        {"EndDate": [None, "x"]},
        {f"{ITEM}.EndDate (repeated)": 1},
    ),
    "new value": ("<State>PAUSED</State>", {"State": "PAUSED"}, {"campaigns:CampaignStateGetEnum = PAUSED": 1}),
    "value with blanks": ("<State> ON </State>", {"State": " ON "}, {"campaigns:CampaignStateGetEnum =  ON ": 1}),
    "object for a text": ("<Name><A>x</A></Name>", {"Name": {"A": "x"}}, {"xsd:string (with children)": 1}),
    "namespaced children": ('<n:Id xmlns:n="urn:x">1</n:Id>', {"Id": 1}, {}),
    "wrongly qualified children": (f'<Id xmlns="{CAMPAIGNS}">1</Id>', {"Id": 1}, {}),
    "attributes": ('<Id a="1" xml:lang="ru">1</Id>', {"Id": 1}, {}),
    "xsi:type": (f'<Id {XSI} xsi:type="xsd:string">1</Id>', {"Id": 1}, {}),
    "xsi:type of an object": (f'<Id {XSI} xsi:type="ns0:CampaignGetItem">1</Id>', {"Id": 1}, {}),
    "nil": (f"<EndDate {NIL}/>", {"EndDate": None}, {}),
    "nil of 1": (f'<EndDate {XSI} xsi:nil="1"/>', {"EndDate": None}, {}),
    "nil with blanks": (f'<EndDate {XSI} xsi:nil=" true "/>', {"EndDate": None}, {}),
    "nil of false": (f'<EndDate {XSI} xsi:nil="false"/>', {"EndDate": ""}, {}),
    "nil of 0": (f'<EndDate {XSI} xsi:nil="0"/>', {"EndDate": ""}, {}),
    "nil of another namespace": ('<EndDate nil="true"/>', {"EndDate": ""}, {}),
    "nil under another prefix": (f"<EndDate {NIL.replace('xsi', 'i')}/>", {"EndDate": None}, {}),
    "nil in two tags": (f"<EndDate {NIL}></EndDate>", {"EndDate": None}, {}),
    "nil around blanks": (f"<EndDate {NIL}>\n  </EndDate>", {"EndDate": None}, {}),
    "nil around a comment": (f"<EndDate {NIL}><!-- none --></EndDate>", {"EndDate": None}, {}),
    "nil that holds a text": (f"<EndDate {NIL}>2026-12-31</EndDate>", {"EndDate": "2026-12-31"}, {}),
    "nil object": (f"<DailyBudget {NIL}/>", {"DailyBudget": None}, {}),
    "nil object around blanks": (f"<DailyBudget {NIL}>\n</DailyBudget>", {"DailyBudget": None}, {}),
    "nil where it is not allowed": (f"<Id {NIL}/>", {"Id": None}, {}),
    "empty object": ("<DailyBudget/>", {"DailyBudget": {}}, {}),
    "empty text": ("<Name/>", {"Name": ""}, {}),
    "blank text": ("<Name> </Name>", {"Name": " "}, {}),
    "text with blanks around": ("<Name> x </Name>", {"Name": " x "}, {}),
    "number with blanks around": ("<Id>\n 1 </Id>", {"Id": 1}, {}),
    "number with a plus": ("<Id>+007</Id>", {"Id": 7}, {}),
    "CDATA": ("<Name><![CDATA[<b>&amp;]]></Name>", {"Name": "<b>&amp;"}, {}),
    "CDATA and text": ("<Name>a<![CDATA[b]]>c</Name>", {"Name": "abc"}, {}),
    "CDATA in a number": ("<Id><![CDATA[17]]></Id>", {"Id": 17}, {}),
    "comment in a text": ("<Name>a<!-- b -->c</Name>", {"Name": "ac"}, {}),
    "comment in a number": ("<Id>1<!-- x -->7</Id>", {"Id": 17}, {}),
    "comment between": ("<!-- x --><Id>1</Id><!-- y -->", {"Id": 1}, {}),
    "instruction in a text": ("<Name>a<?b c?>d</Name>", {"Name": "ad"}, {}),
    "instruction between": ("<?b c?><Id>1</Id>", {"Id": 1}, {}),
    "character references": ("<Name>&#1051;&#x41E;&#128676;&#13;</Name>", {"Name": "ЛО🚤\r"}, {}),
    "entities of XML": ("<Name>&lt;&gt;&amp;&quot;&apos;</Name>", {"Name": "<>&\"'"}, {}),
    "line ends": ("<Name>a\r\nb\rc</Name>", {"Name": "a\nb\nc"}, {}),
    "XInclude": (
        '<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>',
        {"include": ""},
        {f"{ITEM}.include": 1},
    ),
}


@pytest.mark.parametrize(("inside", "campaign", "unknown"), CAMPAIGN.values(), ids=CAMPAIGN)
def test_an_answer_is_read_tolerantly(inside: str, campaign: dict[str, Any], unknown: dict[str, int]) -> None:
    """An answer is read as what it says; what the contract does not know is kept and counted, nothing is lost."""
    assert _read(_answer(f"<Campaigns>{inside}</Campaigns>")) == ({"Campaigns": [campaign]}, unknown)


def test_lists_may_be_interrupted() -> None:
    """The elements of a list need not stand together; they keep their order."""
    body = _answer("<Campaigns><Id>1</Id></Campaigns><LimitedBy>2</LimitedBy><Campaigns><Id>2</Id></Campaigns>")
    assert _read(body) == ({"Campaigns": [{"Id": 1}, {"Id": 2}], "LimitedBy": 2}, {})


def test_an_indented_answer_says_the_same() -> None:
    """Blanks between the elements mean nothing."""
    result = strategies.complete(_operation("campaigns.get").response)
    body = soap.encode_result(_operation("campaigns.get"), result)
    indented = etree.tostring(etree.fromstring(body), pretty_print=True, encoding="UTF-8", xml_declaration=True)
    assert len(indented) > len(body)
    assert _read(indented) == (result, {})


INSIDE = "<Campaigns><Id>1</Id></Campaigns>"
PLAIN = f'<n:GetResponse xmlns:n="{CAMPAIGNS}">{INSIDE}</n:GetResponse>'
ENVELOPES = {
    "as recorded": f'<SOAP-ENV:Envelope xmlns:SOAP-ENV="{ENVELOPE}"><SOAP-ENV:Header/><SOAP-ENV:Body><ns0:GetResponse '
    f'xmlns:ns0="{CAMPAIGNS}">{INSIDE}</ns0:GetResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>',
    "header with content": f'<S:Envelope xmlns:S="{ENVELOPE}"><S:Header><t xmlns="urn:x">1</t></S:Header>'
    f"<S:Body>{PLAIN}</S:Body></S:Envelope>",
    "default namespaces": f'<Envelope xmlns="{ENVELOPE}"><Body><GetResponse xmlns="{CAMPAIGNS}">'
    '<Campaigns xmlns=""><Id>1</Id></Campaigns></GetResponse></Body></Envelope>',
    "namespaces of no use": f'<S:Envelope xmlns:S="{ENVELOPE}" xmlns:ns4="http://api.direct.yandex.com/v5/lifts">'
    f'<S:Body><nu4:GetResponse xmlns="" xmlns:nu4="{CAMPAIGNS}">{INSIDE}</nu4:GetResponse></S:Body></S:Envelope>',
    "wrapper of another namespace": f'<S:Envelope xmlns:S="{ENVELOPE}"><S:Body><GetResponse>{INSIDE}</GetResponse>'
    "</S:Body></S:Envelope>",
    "declaration": f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{_envelope(PLAIN).decode()}\n',
    "single quotes": f"<?xml version='1.0' encoding='utf-8'?>{_envelope(PLAIN).decode()}",
    "byte order mark": f"\ufeff{_envelope(PLAIN).decode()}",
    "blanks and comments": f"<!-- a --><?b c?>{_envelope(f'<!-- d --> {PLAIN} <?e f?>').decode()}<!-- g -->\n",
}


@pytest.mark.parametrize("body", ENVELOPES.values(), ids=ENVELOPES)
def test_an_envelope_may_look_otherwise(body: str) -> None:
    """Prefixes, declarations, a Header, comments and blanks are the sender's own business."""
    assert _read(body.encode()) == ({"Campaigns": [{"Id": 1}]}, {})


# --- strict about values ------------------------------------------------------------------------------------

# Case: inside the answer, the place of what cannot be read, and what is said of it.
WRONG: dict[str, tuple[str, str, str]] = {
    "text for a long": (
        "<Campaigns/><Campaigns><Id>abc</Id></Campaigns>",
        "$.Campaigns[1].Id",
        "'abc', expected an in",
    ),
    "empty text for a long": ("<Campaigns><Id/></Campaigns>", "$.Campaigns[0].Id", "'', expected an integer"),
    "fraction for a long": ("<Campaigns><Id>1.0</Id></Campaigns>", "$.Campaigns[0].Id", "'1.0', expected an integer"),
    "nil of false for a long": (
        f'<Campaigns><Id {XSI} xsi:nil="false"/></Campaigns>',
        "$.Campaigns[0].Id",
        "'', expected an integer",
    ),
    "at the top": ("<LimitedBy>many</LimitedBy>", "$.LimitedBy", "'many', expected an integer"),
    "repeated": ("<LimitedBy>1</LimitedBy><LimitedBy>x</LimitedBy>", "$.LimitedBy", "'x', expected an integer"),
    "a second number": (
        "<LimitedBy>1</LimitedBy><LimitedBy>1</LimitedBy>",
        "$.LimitedBy",
        "a second element of that name, expected one (xsd:long)",
    ),
    "a second object": (
        "<Campaigns><DailyBudget/><DailyBudget/></Campaigns>",
        "$.Campaigns[0].DailyBudget",
        "a second element of that name, expected one (campaigns:DailyBudget)",
    ),
    "children of a number": (
        "<LimitedBy><A>1</A></LimitedBy>",
        "$.LimitedBy",
        "an element with children, expected a value (xsd:long)",
    ),
    "deep inside": (
        "<Campaigns><Id>1</Id><DailyBudget><Amount>3e8</Amount></DailyBudget></Campaigns>",
        "$.Campaigns[0].DailyBudget.Amount",
        "'3e8', expected an integer",
    ),
    "text for an object": (
        "<Campaigns><DailyBudget>300</DailyBudget></Campaigns>",
        "$.Campaigns[0].DailyBudget",
        "the text '300', expected an object (campaigns:DailyBudget)",
    ),
    "text for an item": ("<Campaigns>none</Campaigns>", "$.Campaigns[0]", "the text 'none', expected an object"),
    "text before elements": ("<Campaigns>stray<Id>1</Id></Campaigns>", "$.Campaigns[0]", "the text 'stray'"),
    "text between elements": ("<Campaigns><Id>1</Id>stray<Name/></Campaigns>", "$.Campaigns[0]", "the text 'stray'"),
    "text after elements": ("<Campaigns><Id>1</Id>stray</Campaigns>", "$.Campaigns[0]", "the text 'stray'"),
    "text for the answer": ("no campaigns", "$", "the text 'no campaigns', expected an object (campaigns:GetResponse)"),
    "value of thousands of digits": (
        f"<Campaigns><Id>{'9' * 5000}</Id></Campaigns>",
        "$.Campaigns[0].Id",
        "999, expected an integer",
    ),
}


@pytest.mark.parametrize(("inside", "path", "message"), WRONG.values(), ids=WRONG)
def test_a_text_that_is_not_the_value_is_refused_with_its_place(inside: str, path: str, message: str) -> None:
    """What is not the number or the object that stands there is DecodeFailure, with its path."""
    with pytest.raises(DecodeFailure) as caught:
        _read(_answer(inside))
    assert (caught.value.json_path, message in str(caught.value)) == (path, True)


NO_ANSWERS = {
    "answer to another operation": (f'<n:AddResponse xmlns:n="{CAMPAIGNS}"/>', "AddResponse"),
    "the request itself": (f'<n:GetRequest xmlns:n="{CAMPAIGNS}"/>', "GetRequest"),
    "nothing": ("", "a Body without an element"),
    "text": ("busy", "a Body without an element"),
    "two answers": (PLAIN + PLAIN, "a Body with GetResponse, GetResponse"),
}


@pytest.mark.parametrize(("inside", "message"), NO_ANSWERS.values(), ids=NO_ANSWERS)
def test_what_is_no_answer_to_the_call_is_refused(inside: str, message: str) -> None:
    """A Body with anything but the one answer to the operation is DecodeFailure."""
    with pytest.raises(DecodeFailure, match=message):
        _read(_envelope(inside))


NO_ENVELOPES = {
    "SOAP 1.2": f'<S:Envelope xmlns:S="http://www.w3.org/2003/05/soap-envelope"><S:Body>{PLAIN}</S:Body></S:Envelope>',
    "no namespace": f"<Envelope><Body>{PLAIN}</Body></Envelope>",
    "answer without an envelope": PLAIN,
    "another document": "<rss version='2.0'/>",
    "no Body": f'<S:Envelope xmlns:S="{ENVELOPE}"><S:Header/></S:Envelope>',
    "Body of another namespace": f'<S:Envelope xmlns:S="{ENVELOPE}"><Body>{PLAIN}</Body></S:Envelope>',
    "two Bodies": f'<S:Envelope xmlns:S="{ENVELOPE}"><S:Body>{PLAIN}</S:Body><S:Body>{PLAIN}</S:Body></S:Envelope>',
}


@pytest.mark.parametrize("body", NO_ENVELOPES.values(), ids=NO_ENVELOPES)
def test_what_is_no_envelope_is_refused(body: str) -> None:
    """XML that is no SOAP 1.1 envelope with one Body is DecodeFailure."""
    with pytest.raises(DecodeFailure, match=r"SOAP 1\.1|one Body"):
        _read(body.encode())


# --- faults -------------------------------------------------------------------------------------------------

DETAIL = "The required field CampaignId is omitted in an item in the VCards array"


def _fault(detail: str, faultstring: str = "Invalid request") -> bytes:
    return _envelope(
        f"<S:Fault><faultcode>SOAP-ENV:Client</faultcode><faultstring>{faultstring}</faultstring>{detail}</S:Fault>"
    )


def _response(inside: str, namespace: str = "http://api.direct.yandex.com/v5/general") -> str:
    return f'<detail><ns3:FaultResponse xmlns:ns3="{namespace}">{inside}</ns3:FaultResponse></detail>'


TOLD = "<requestId>17</requestId><errorCode>8000</errorCode>"
FAULTS: dict[str, tuple[bytes, ApiError]] = {
    "as recorded": (
        f'<SOAP-ENV:Envelope xmlns:SOAP-ENV="{ENVELOPE}"><SOAP-ENV:Header/><SOAP-ENV:Body><SOAP-ENV:Fault>'
        "<faultcode>SOAP-ENV:Client</faultcode><faultstring>Invalid request</faultstring><detail>"
        '<ns3:FaultResponse xmlns:ns3="http://api.direct.yandex.com/v5/general">'
        "<requestId>1670008794873972340</requestId><errorCode>8000</errorCode>"
        f"<errorDetail>{DETAIL}</errorDetail></ns3:FaultResponse></detail></SOAP-ENV:Fault></SOAP-ENV:Body>"
        "</SOAP-ENV:Envelope>".encode(),
        api_error(8000, "Invalid request", DETAIL, request_id="1670008794873972340"),
    ),
    "namespace of the documentation": (
        _fault(_response(f"{TOLD}<errorDetail>x</errorDetail>", "http://direct.yandex.com/api/v5/general")),
        api_error(8000, "Invalid request", "x", request_id="17"),
    ),
    "no errorDetail": (_fault(_response(TOLD)), api_error(8000, "Invalid request", request_id="17")),
    "empty errorDetail": (
        _fault(_response(f"{TOLD}<errorDetail/>")),
        api_error(8000, "Invalid request", request_id="17"),
    ),
    "no requestId": (_fault(_response("<errorCode>53</errorCode>"), "Нет"), api_error(53, "Нет")),
    "qualified children": (
        _fault(_response("<ns3:errorCode>152</ns3:errorCode>")),
        api_error(152, "Invalid request"),
    ),
    "code with blanks": (_fault(_response("<errorCode>\n 506 </errorCode>")), api_error(506, "Invalid request")),
    "unknown code": (_fault(_response("<errorCode>99999</errorCode>")), api_error(99999, "Invalid request")),
    "no detail": (_fault(""), api_error(0, "Invalid request", "SOAP-ENV:Client")),
    "detail of another": (
        _fault("<detail><trace>java.lang.Error</trace></detail>", "Gateway timeout"),
        api_error(0, "Gateway timeout", "SOAP-ENV:Client"),
    ),
    "nothing at all": (_envelope("<S:Fault/>"), api_error(0, "")),
}


@pytest.mark.parametrize(("body", "error"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_raised_as_its_error(body: bytes, error: ApiError) -> None:
    """A fault is the error of its code with all that it tells; without the API's code it is code 0."""
    with pytest.raises(ApiError) as caught:
        _read(body)
    assert (type(caught.value), vars(caught.value)) == (type(error), vars(error))


def test_a_fault_is_written_as_the_api_writes_it() -> None:
    """A fault of ours has the elements, namespaces and order of a recorded one."""
    body, error = FAULTS["as recorded"]
    ours, recorded = (
        etree.canonicalize(written.decode().removeprefix('<?xml version="1.0" encoding="UTF-8"?>'))
        for written in (soap.encode_fault(error), body)
    )
    assert ours == recorded


@pytest.mark.parametrize("code", ["", "many", "8000.0", "9" * 5000], ids=["empty", "word", "fraction", "endless"])
def test_a_fault_without_a_readable_code_is_refused(code: str) -> None:
    """A code that is no number makes the fault DecodeFailure."""
    with pytest.raises(DecodeFailure, match="expected an integer"):
        _read(_fault(_response(f"<errorCode>{code}</errorCode>")))


def test_an_element_of_that_name_is_no_fault() -> None:
    """Only SOAP's own Fault is one; an element Fault of another namespace is no answer."""
    with pytest.raises(DecodeFailure):
        _read(_envelope('<Fault xmlns="urn:x"><faultstring>x</faultstring></Fault>'))


# --- requests -----------------------------------------------------------------------------------------------


def _call(inside: str, service: str = "campaigns") -> tuple[Operation | None, dict[str, Any]]:
    return soap.decode_request(bundled()[service], _envelope(inside))


NO_CALLS = {
    "unknown operation": f'<n:ToggleRequest xmlns:n="{CAMPAIGNS}"/>',
    "operation of another service": '<n:ModerateRequest xmlns:n="http://api.direct.yandex.com/v5/ads"/>',
    "namespace of another service": '<n:GetRequest xmlns:n="http://api.direct.yandex.com/v5/ads"/>',
    "no namespace": "<GetRequest/>",
    "answer for a request": f'<n:GetResponse xmlns:n="{CAMPAIGNS}"/>',
    "name of the method": f'<n:get xmlns:n="{CAMPAIGNS}"/>',
}


@pytest.mark.parametrize("inside", NO_CALLS.values(), ids=NO_CALLS)
def test_a_request_for_no_operation_of_the_service(inside: str) -> None:
    """An element that is none of the service's requests is refused; the error names it, and those that there are."""
    with pytest.raises(DecodeFailure, match=f"found the element .* GetRequest, .* in {CAMPAIGNS}"):
        _call(inside)


def test_a_request_in_the_words_of_another_client() -> None:
    """A request is read whatever its prefixes, blanks and comments, and however its elements are ordered."""
    operation, params = _call(
        f'<GetRequest xmlns="{CAMPAIGNS}">\n <!-- all -->\n <FieldNames xmlns="">Id</FieldNames>\n'
        ' <SelectionCriteria xmlns=""><Ids>1</Ids><Ids>2</Ids></SelectionCriteria>\n</GetRequest>'
    )
    assert operation is _operation("campaigns.get")
    assert params == {"FieldNames": ["Id"], "SelectionCriteria": {"Ids": [1, 2]}}


# Case: inside the request, and the place that check() complains about.
COMPLAINED = {
    "unknown element": ("<FieldNames>Id</FieldNames><New>x</New>", "$.New"),
    "unknown value": ("<FieldNames>Idd</FieldNames>", "$.FieldNames[0]"),
    "nil where it is not allowed": (f"<FieldNames>Id</FieldNames><Page {NIL}/>", "$.Page"),
    "object for a value": ("<FieldNames><A/></FieldNames>", "$.FieldNames[0]"),
    "missing": ("<Page/>", "$.FieldNames"),
    "a word for a number": ("<FieldNames>Id</FieldNames><Page><Limit>ten</Limit></Page>", "$.Page.Limit"),
}


@pytest.mark.parametrize(("inside", "path"), COMPLAINED.values(), ids=COMPLAINED)
def test_what_a_request_may_not_say_is_kept_for_the_check(inside: str, path: str) -> None:
    """What does not fit in a request survives the decoding, so that check() can refuse it."""
    operation, params = _call(f'<n:GetRequest xmlns:n="{CAMPAIGNS}">{inside}</n:GetRequest>')
    assert operation is not None
    assert [violation.path for violation in check(params, operation.request)] == [path]


def test_a_request_is_strict_about_objects() -> None:
    """A second object where one may be makes a request DecodeFailure, with its path."""
    with pytest.raises(DecodeFailure) as caught:
        _call(f'<n:GetRequest xmlns:n="{CAMPAIGNS}"><Page/><Page/></n:GetRequest>')
    assert caught.value.json_path == "$.Page"


@pytest.mark.parametrize("number", ["<Limit/>", "<Limit></Limit>", "<Limit> \n</Limit>"])
def test_an_empty_number_of_a_request_is_omitted(number: str) -> None:
    """PHP writes an empty element for null, and the API reads it as no element; an empty text is a text."""
    inside = f"<Page>{number}<Offset>3</Offset></Page><SelectionCriteria><Ids/><Ids>7</Ids></SelectionCriteria>"
    params = _call(f'<n:GetRequest xmlns:n="{CAMPAIGNS}">{inside}<FieldNames/></n:GetRequest>')[1]
    assert params == {"Page": {"Offset": 3}, "SelectionCriteria": {"Ids": [7]}, "FieldNames": [""]}


def test_nil_of_a_number_is_not_omitted() -> None:
    """An empty element with xsi:nil is None, for check() to judge."""
    xsi = "http://www.w3.org/2001/XMLSchema-instance"
    inside = f'<Page><Limit xmlns:x="{xsi}" x:nil="true"/></Page>'
    assert _call(f'<n:GetRequest xmlns:n="{CAMPAIGNS}">{inside}</n:GetRequest>')[1] == {"Page": {"Limit": None}}


def test_an_empty_number_of_a_response_is_refused() -> None:
    """Only requests are read so: an empty number in a response would be a lost value."""
    with pytest.raises(DecodeFailure):
        _read(_answer("<Campaigns><Id/></Campaigns>"))


def test_a_fault_with_two_codes_is_refused() -> None:
    """Which of two codes a fault means nobody can tell: it is DecodeFailure."""
    with pytest.raises(DecodeFailure, match="a second errorCode"):
        _read(_fault(_response(f"{TOLD}<errorCode>53</errorCode>")))
