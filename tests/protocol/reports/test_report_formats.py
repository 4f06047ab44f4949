"""Definitions and errors of reports travel in XML and JSON, both ways, without loss."""

from pathlib import Path

import pytest
import simplejson
from lxml import etree

from tests.protocol.reports.definitions import PLAIN, WHOLE, minimal
from yadirect_soap.errors import InvalidRequestError, RateError, api_error
from yadirect_soap.protocol.reports import json, xml
from yadirect_soap.protocol.reports.formats import FORMATS
from yadirect_soap.protocol.scalars import DecodeFailure, EncodeError

SCHEMA = etree.XMLSchema(file=Path(__file__).parents[3] / "wsdl" / "reports.xsd")
DEFINITIONS = {"plain": PLAIN, "whole": WHOLE, "criteria left empty": minimal(SelectionCriteria={})}
BOTH = pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)


@BOTH
@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=DEFINITIONS)
def test_a_definition_comes_back_as_it_went(form, definition):
    """What is written is read as the same definition."""
    assert form.decode_definition(form.encode_definition(definition)) == definition


@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=DEFINITIONS)
def test_the_xml_is_valid(definition):
    """A definition in XML is valid by reports.xsd, in whatever order its members are given."""
    backwards = dict(reversed(definition.items()))
    SCHEMA.assertValid(etree.fromstring(xml.encode_definition(backwards)))


def test_the_json_is_in_params():
    """A definition in JSON is the params of a body without a method."""
    assert simplejson.loads(json.encode_definition(WHOLE)) == {"params": WHOLE}


@BOTH
def test_the_address_is_that_of_the_format(form):
    """Each format has an address of its own."""
    assert form.path("v501") == {"soap": "/v501/reports", "json": "/json/v501/reports"}[form.name]


@BOTH
def test_an_error_comes_back_as_it_went(form):
    """Code, texts and RequestId of an error survive, and its class is that of its code."""
    error = form.decode_error(form.encode_error(api_error(9000, "Queue <full>", 'Wait & "ask"', request_id="86")))
    assert isinstance(error, RateError)
    assert (error.code, error.message, error.detail, error.request_id) == (9000, "Queue <full>", 'Wait & "ask"', "86")


def test_the_error_in_xml_is_valid():
    """An error in XML is valid by reports.xsd, with a detail and without."""
    for detail in ("why", ""):
        SCHEMA.assertValid(etree.fromstring(xml.encode_error(api_error(53, "Refused", detail, request_id="1"))))


@pytest.mark.parametrize("code", ["8312", 8312], ids=["text", "number"])
def test_a_code_is_a_number_however_it_comes(code):
    """The code of an error in JSON is an int, though the service writes it as a text."""
    body = simplejson.dumps({"error": {"error_code": code, "error_string": "Not online", "request_id": "1"}})
    error = json.decode_error(body.encode())
    assert isinstance(error, InvalidRequestError)
    assert error.code == 8312


def test_the_code_in_json_is_written_as_a_text():
    """An error in JSON has its code as a text, as the service writes it."""
    assert simplejson.loads(json.encode_error(api_error(53, "Refused")))["error"]["error_code"] == "53"


NO_DEFINITIONS = {
    "nothing": b"",
    "cut XML": b"<ReportDefinition",
    "another element": b'<Definition xmlns="http://api.direct.yandex.com/v5/reports"/>',
    "another namespace": b"<ReportDefinition/>",
    "a doctype": b'<!DOCTYPE a [<!ENTITY e "x">]><ReportDefinition xmlns="http://api.direct.yandex.com/v5/reports"/>',
    "no params": b'{"method": "get"}',
    "a list": b"[]",
    "params of another kind": b'{"params": []}',
}


@BOTH
@pytest.mark.parametrize("body", NO_DEFINITIONS.values(), ids=NO_DEFINITIONS)
def test_what_is_no_definition_is_refused(form, body):
    """A body that holds no definition is DecodeFailure."""
    with pytest.raises(DecodeFailure):
        form.decode_definition(body)


@BOTH
@pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b'{"error": "x"}', b"<a/>"], ids=repr)
def test_what_is_no_error_is_refused(form, body):
    """A body that holds no error is DecodeFailure."""
    with pytest.raises(DecodeFailure):
        form.decode_error(body)


@BOTH
def test_what_cannot_be_written_is_named(form):
    """A value that has no exact text is EncodeError, with its place."""
    with pytest.raises(EncodeError) as caught:
        form.encode_definition(minimal(Page={"Limit": 1.5}))
    assert caught.value.json_path == "$.Page.Limit"


def test_nil_is_well_formed():
    """An unchecked definition with None gives well-formed XML, though the schema knows no nil."""
    assert etree.fromstring(xml.encode_definition({"Goals": None})) is not None
