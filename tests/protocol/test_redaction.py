"""What is blanked in messages and pages: values of people, credentials, and known secrets in every form."""

import base64
import html
import json
from collections.abc import Callable
from urllib.parse import quote

import pytest

from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.redaction import excerpt, personal_members, redact_message, redact_text
from yadirect_soap.protocol.secret_values import SecretValues

CASES = {
    "element": ("<Email>a@b.c</Email>", "<Email>***</Email>"),
    "prefix": ("<n:Email>a@b.c</n:Email>", "<n:Email>***</n:Email>"),
    "namespace": ('<Email xmlns="">a@b.c</Email>', '<Email xmlns="">***</Email>'),
    "attribute of it": ('<Email value="a@b" xsi:type="t">c</Email>', '<Email value="***" xsi:type="t">***</Email>'),
    "attribute": ('<Item Email="a@b" Id="1"/>', '<Item Email="***" Id="1"/>'),
    "repeated": ("<Login>a</Login><Login>b</Login>", "<Login>***</Login><Login>***</Login>"),
    "empty": ("<Email></Email><Email/><Id>1</Id>", "<Email></Email><Email/><Id>1</Id>"),
    "nil": ('<Email xsi:nil="true"/><Id>1</Id>', '<Email xsi:nil="true"/><Id>1</Id>'),
    "longer name": ("<EmailSettings>YES</EmailSettings>", "<EmailSettings>YES</EmailSettings>"),
    "nested": ("<Phone><PhoneNumber>1</PhoneNumber>2</Phone><Id>1</Id>", "<Phone>***</Phone><Id>1</Id>"),
    "nested in itself": ("<Email><Email>a</Email>b</Email><Id>1</Id>", "<Email>***</Email><Id>1</Id>"),
    "CDATA": ("<Email><![CDATA[a</Email>]]>b</Email><Id>1</Id>", "<Email>***</Email><Id>1</Id>"),
    "comment": ("<Email>a<!-- </Email> -->b</Email><Id>1</Id>", "<Email>***</Email><Id>1</Id>"),
    "in a comment": ("<!-- <Email>a@b</Email> -->", "<!-- <Email>***</Email> -->"),
    "quoted with entities": ("&lt;Email&gt;a@b&lt;/Email&gt;&lt;Id&gt;1", "&lt;Email&gt;***&lt;/Email&gt;&lt;Id&gt;1"),
    "cut element": ("<Id>1</Id><Email>a@", "<Id>1</Id><Email>***"),
    "cut tag": ('<Id>1</Id><Email value="a@', "<Id>1</Id><Email***"),
    "JSON": ('{"Email":"a@b.c"}', '{"Email":"***"}'),
    "JSON with quotes": ('{"Email" : "a\\"b", "Id": 1}', '{"Email" : "***", "Id": 1}'),
    "JSON with backslashes": ('{"Email":"a\\\\","Id":1}', '{"Email":"***","Id":1}'),
    "JSON array": ('{"Logins":["a","b]"],"Id":1}', '{"Logins":"***","Id":1}'),
    "JSON object": ('{"Phone":{"PhoneNumber":"1}","x":[{}]},"Id":1}', '{"Phone":"***","Id":1}'),
    "JSON number": ('{"Tin":7712345678,"Id":1}', '{"Tin":"***","Id":1}'),
    "JSON null": ('{"Email":null,"Phone":"","Id":1}', '{"Email":null,"Phone":"","Id":1}'),
    "cut JSON": ('{"Id":1,"Email":"a@', '{"Id":1,"Email":"***"'),
    "cut JSON escape": ('{"Id":1,"Email":"a\\', '{"Id":1,"Email":"***"'),
    "cut JSON array": ('{"Id":1,"Logins":["a", "b', '{"Id":1,"Logins":"***"'),
    "cut JSON number": ('{"Id":1,"Tin": 7712', '{"Id":1,"Tin": "***"'),
    "JSON in JSON": (r'{"x":"{\"Email\":\"a\\\"b\",\"Id\":1}"}', r'{"x":"{\"Email\":\"***\",\"Id\":1}"}'),
    "JSON with an escaped name": (r'{"E\u006dail":"a","N\u0061me":"b"}', r'{"E\u006dail":"***","N\u0061me":"b"}'),
    "Python with an apostrophe": ("""{'Login': "o'hara", 'Id': 1}""", """{'Login': "***", 'Id': 1}"""),
    "e-mail in a text": ("user anna.i@mail.example.com unknown", "user *** unknown"),
    "no e-mail": ("3 @ 5, image@2x, @name, a@b", "3 @ 5, image@2x, @name, a@b"),
    "JSON in HTML": ("{&quot;Email&quot;:&quot;a@b&quot;,&#34;x", "{&quot;Email&quot;:&quot;***&quot;,&#34;x"),
    "registration number": ("<Ogrn>1027700229193</Ogrn>", "<Ogrn>***</Ogrn>"),
    "bearer": ("<li>Authorization: Bearer AQAA-x_y.z=</li>", "<li>Authorization: Bearer ***</li>"),
    "bearer in an address": ("h=Bearer%20AQAA-x_y", "h=Bearer%20***"),
    "parameter": ("?oauth_token=AQAA&x=1", "?oauth_token=***&x=1"),
    "member": ('{"access_token": "AQAA"}', '{"access_token": "***"}'),
    "password": ("see http://anna:word@host/page", "see http://***@host/page"),
    "words": ("invalid OAuth token", "invalid OAuth token"),
    "no text": ("\ufffd", "\ufffd"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_personal_values_are_blanked(text: str, expected: str) -> None:
    """The values of personal members and credentials are blanked in XML, JSON and pages, and nothing else is."""
    assert redact_text(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        '{"Leads":[{"Id":"1","Data":[{"Name":"Phone","Value":"secret"}]}]}',
        "<Data><Name>Phone</Name><Value>secret</Value></Data>",
    ],
    ids=["JSON", "XML"],
)
def test_what_a_form_was_filled_in_with_is_blanked(text: str) -> None:
    """The Value of a lead is personal, and that of a setting is not."""
    assert "secret" not in redact_text(text, "leads")
    assert "secret" in redact_text(text, "campaigns")


@pytest.mark.parametrize("cut", range(1, 60))
def test_a_cut_message_shows_no_part_of_a_value(cut: int) -> None:
    """Wherever a message is cut, nothing of a personal value is shown."""
    for message in (
        '{"Id":1,"Email":"QQQQ\\"QQQQ","Logins":["QQQQ"]}',
        '<Id>1</Id><Email a="QQ"><![CDATA[QQ]]>QQ</Email>',
    ):
        assert "Q" not in redact_text(message[:cut])


def test_a_message_keeps_its_shape() -> None:
    """In a message of plain JSON texts of personal members are ***, numbers 0, and all else stays."""
    message = {"Phone": {"Number": "1", "Ids": [1]}, "Email": None, "Name": "of anna", "Id": 5}
    assert redact_message(message, "ads", lambda text: text.replace("anna", "***")) == {
        "Phone": {"Number": "***", "Ids": [0]},
        "Email": None,
        "Name": "of ***",
        "Id": 5,
    }


@pytest.mark.parametrize("service", ["", "leads", "clients", "agencyclients", "businesses"])
def test_personal_members_are_members_of_the_contract(service: str) -> None:
    """Each personal member is a member that some type of the contract has."""
    members = {name for service_name in bundled() for name in _members(service_name)} | {"SmsPhoneNumber"}
    assert personal_members(service) - members == set()


def _members(service: str) -> set[str]:
    pending = [
        shape
        for operation in bundled()[service].operations.values()
        for shape in (operation.request, operation.response)
    ]
    visited, names = set(), set()
    while pending:
        shape = pending.pop()
        if id(shape) not in visited:
            visited.add(id(shape))
            names |= {member.name for member in shape.members}
            pending += [member.shape for member in shape.members]
    return names


# Texts on which a search that goes back would take hours.
HOSTILE = {
    "tags": "<Email " * 60_000,
    "elements": "<Email>" * 60_000,
    "CDATA": "<Email><![CDATA[" * 20_000,
    "members": '{"Email":' * 40_000,
    "backslashes": "\\" * 400_000,
    "escaped quotes": '\\"' * 200_000,
    "spaces": '"Email"' + " " * 400_000,
    "name": "<" + "a" * 400_000 + ":Email>",
    "attributes": "<Email " + "a= " * 100_000 + ">x</Email>",
    "entities": "&lt;Email" * 40_000,
    "bearers": "Bearer " * 60_000,
    "addresses": "://" * 100_000,
    "e-mails": "a@" * 100_000 + "a." * 100_000,
    "escaped names": '"' + r"\u0045" * 60_000,
    "parameters": "access_token=" * 20_000,
    "word": "y0_AgAAAAA" * 40_000,
    "references": "&#0000" * 60_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_takes_no_longer_than_a_plain_one(text: str) -> None:
    """Half a megabyte of what opens and never closes are read once: the test ends."""
    assert len(SecretValues([SECRET]).blank(redact_text(text))) <= 2 * len(text)


SECRET = "y0_AgAAAA/+secret=of-the_test.0123456789&x"
FORMS: dict[str, Callable[[str], str]] = {
    "bare": str,
    "percent": lambda secret: quote(secret, safe=""),
    "percent in lower case": lambda secret: quote(secret, safe="").lower(),
    "percent twice": lambda secret: quote(quote(secret, safe=""), safe=""),
    "every character percent-encoded": lambda secret: "".join(f"%{ord(character):02X}" for character in secret),
    "HTML": html.escape,
    "HTML twice": lambda secret: html.escape(html.escape(secret)),
    "decimal references": lambda secret: "".join(f"&#{ord(character)};" for character in secret),
    "hexadecimal references": lambda secret: "".join(f"&#x{ord(character):04X};" for character in secret),
    "JSON": json.dumps,
    "JSON with slashes": lambda secret: secret.replace("/", "\\/"),
    "JSON escapes": lambda secret: "".join(f"\\u{ord(character):04x}" for character in secret),
    "base64": lambda secret: base64.b64encode(secret.encode()).decode(),
    "base64 of a header": lambda secret: base64.b64encode(b"Bearer " + secret.encode()).decode(),
    "base64 of a user": lambda secret: base64.urlsafe_b64encode(b"me:" + secret.encode() + b"!").decode(),
    "hexadecimal": lambda secret: secret.encode().hex(),
    "upper case": str.upper,
    "UTF-16": lambda secret: secret.encode("utf-16-le").decode(),
    "cut": lambda secret: secret[:20],
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_a_known_secret_is_blanked_in_every_form(form: Callable[[str], str]) -> None:
    """A secret is blanked bare, encoded, escaped, and without its end."""
    blanked = SecretValues([SECRET]).blank(f"<p>{form(SECRET)}</p>")
    for part in (form(SECRET)[16:36], SECRET[:12], SECRET[12:20]):
        assert part not in blanked


@pytest.mark.parametrize("name", ["bare", "percent", "HTML", "JSON with slashes", "base64", "base64 of a header"])
def test_a_known_secret_is_blanked_in_data(name: str) -> None:
    """The usual forms of a secret are blanked in bytes, which else stay the same object."""
    secrets = SecretValues([SECRET])
    data = "<a>я</a>".encode()
    assert secrets.blank_data(data) is data
    assert FORMS[name](SECRET).encode()[4:30] not in secrets.blank_data(data + FORMS[name](SECRET).encode())


@pytest.mark.parametrize("size", [1, 2, 7, 41, 42])
def test_a_secret_is_blanked_across_the_pieces_of_a_stream(size: int) -> None:
    """A stream shows no secret, wherever its pieces end."""
    data = f"<Id>1</Id><Name>{SECRET} {html.escape(SECRET)}</Name>{SECRET[:9]}".encode()
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    blanked = b"".join(SecretValues([SECRET]).blank_pieces(pieces)).decode()
    assert blanked == f"<Id>1</Id><Name>*** ***</Name>{SECRET[:9]}"


def test_a_piece_of_a_stream_waits_for_nothing() -> None:
    """What cannot be the beginning of a secret is there at once."""
    stream = SecretValues([SECRET]).blank_pieces(iter([b"<Id>1</Id>", b"<Id>2</Id>"]))
    assert next(stream) == b"<Id>1</Id>"


def test_a_word_is_no_secret_of_data() -> None:
    """A short token, as the emulator's, is blanked in an error's text, and left where data may hold the word."""
    assert SecretValues(["demo-token"]).blank_data(b"demo-token") == b"demo-token"
    assert SecretValues(["demo-token"]).blank("of demo-token") == "of ***"


@pytest.mark.parametrize(("length", "masked"), [(5, False), (6, True)], ids=str)
def test_a_secret_of_a_text_has_six_characters(length: int, masked: bool) -> None:
    """From six characters on a secret is masked in a text; a shorter one would be found in any word."""
    secret = "qwerty"[:length]
    assert SecretValues([secret]).blank(f"of {secret}!") == ("of ***!" if masked else f"of {secret}!")


@pytest.mark.parametrize(("length", "masked"), [(15, False), (16, True)], ids=str)
def test_a_secret_of_data_has_sixteen_characters(length: int, masked: bool) -> None:
    """From sixteen characters on a secret is masked in data too, and in texts as hexadecimal digits."""
    secret = SECRET[:length]
    secrets, data, digits = SecretValues([secret]), f"of {secret}!".encode(), f"of {secret.encode().hex()}!"
    assert secrets.blank_data(data) == (b"of ***!" if masked else data)
    assert secrets.blank(digits) == ("of ***!" if masked else digits)


def test_secrets_show_none() -> None:
    """The repr of secrets tells how many there are."""
    assert repr(SecretValues([SECRET, "short"])) == "SecretValues(1)"


def test_an_excerpt_has_an_end() -> None:
    """An excerpt of a page is 200 characters, cut after all is blanked."""
    page = b"x" * 190 + b" Bearer " + SECRET.encode() + b"y" * 10_000
    assert excerpt(page) == "x" * 190 + " Bearer **"
