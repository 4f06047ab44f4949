"""Text of files and pipes, whatever the locale."""

from pathlib import Path

import pytest

from yadirect_soap import ConfigurationError
from yadirect_soap.text_files import decode, read_text

TEXT = '{"Name": "Чай ₽"}'


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"], ids=["UTF-8", "UTF-8 with BOM", "UTF-16", "UTF-32"]
)
def test_text_is_read_with_and_without_a_mark(tmp_path: Path, encoding: str) -> None:
    """UTF-8 needs no byte order mark, UTF-16 and UTF-32 are known by theirs."""
    file = tmp_path / "params.json"
    file.write_bytes(TEXT.encode(encoding))
    assert read_text(file) == TEXT


def test_utf_16_of_the_other_byte_order_is_read() -> None:
    """A mark tells the order of the bytes."""
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be"), "stdin") == TEXT


NO_TEXT = {
    "cp1251": ('{"Name": "Чай"}'.encode("cp1251"), "byte 0xd7 at offset 10 (line 1)"),
    "the third line": (b'{\n"Name":\n"\xff"}', "byte 0xff at offset 11 (line 3)"),
    "cut": ("Ч".encode()[:1], "byte 0xd0 at offset 0"),
    "UTF-16 without a mark": ("{}".encode("utf-16-le"), "byte 0x00 at offset 1"),
    "half a character of UTF-16": (b"\xff\xfe{\0\x27", "byte 0x27 at offset 4"),
}


@pytest.mark.parametrize(("content", "message"), NO_TEXT.values(), ids=NO_TEXT)
def test_what_is_no_text_is_reported_with_its_place(content: bytes, message: str) -> None:
    """Other bytes are one error with the source, the byte and its offset."""
    with pytest.raises(ConfigurationError) as raised:
        decode(content, "stdin")
    assert str(raised.value).startswith("stdin: ")
    assert message in str(raised.value)


@pytest.mark.parametrize("name", ["missing", "folder", "null\0"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    """A file that is not there or is no file is an error with its name."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(ConfigurationError) as raised:
        read_text(tmp_path / name)
    assert str(raised.value).startswith(f"{tmp_path / name} cannot be read: ".replace("\0", "\\x00"))
