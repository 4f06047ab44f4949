"""The table of codes: complete, in both languages, and each code where it may stand."""

import pytest

from yadirect_soap.emulator.domain import error_codes
from yadirect_soap.errors import AuthError, InvalidRequestError, NotFoundError, NotSupportedError, UnitsError

ERRORS = {
    52, 53, 54, 55, 56, 58, 152, 506, 513, 1000, 1001, 1002, 1003, 1004, 1020, 3000, 3001, 3500, 3600,
    4000, 4001, 4002, 4003, 4004, 4005, 4006,
    5000, 5001, 5002, 5003, 5004, 5005, 5006, 5007, 5008, 5009, 5010, 5100, 5120, 5140, 5141, 5142,
    5160, 5161, 5162, 5181, 5200, 6000, 6001, 6100, 6101, 7000, 7001, 7002,
    8000, 8300, 8301, 8302, 8303, 8304, 8305, 8312, 8600, 8800,
    9000, 9300, 9301, 9600, 9601, 9800, 9801, 9802,
}  # fmt: skip
WARNINGS = {
    10000, 10020, 10021, 10022, 10023, 10025, 10100, 10120, 10140, 10141, 10160, 10161, 10163, 10165, 10175,
    10200, 10201, 10202, 10203, 10240, 10241, 10242, 10243, 10252,
}  # fmt: skip


def test_the_table_holds_every_known_code_and_no_other() -> None:
    """The emulator answers with the documented codes and those met in practice."""
    assert set(error_codes.table()) == ERRORS | WARNINGS


def test_a_warning_is_told_from_an_error() -> None:
    """The codes from 10000 on warn, the others are errors."""
    assert {entry.code for entry in error_codes.table().values() if entry.warning} == WARNINGS


@pytest.mark.parametrize("code", sorted(ERRORS | WARNINGS), ids=str)
def test_every_code_speaks_both_languages(code: int) -> None:
    """Each code has an English text, and a Russian one in Cyrillic."""
    english, russian = error_codes.text(code, "en"), error_codes.text(code, "ru")

    assert english == english.strip() != ""
    assert english.isascii()
    assert russian == russian.strip()
    assert not russian.isascii()


@pytest.mark.parametrize(
    ("code", "english", "russian"),
    [
        (53, "Authorization error", "Ошибка авторизации"),
        (152, "Not enough Yandex units", "Недостаточно баллов"),
        (1000, "The service is temporarily unavailable", "Сервер временно недоступен"),
        (3500, "Not supported", "Не поддерживается"),
        (8000, "Invalid request", "Некорректный запрос"),
        (8303, "Cannot archive object", "Объект нельзя заархивировать"),
        (8800, "Object not found", "Объект не найден"),
        (10165, "Parameter will not be applied", "Параметр не будет применен"),
    ],
    ids=["53", "152", "1000", "3500", "8000", "8303", "8800", "10165"],
)
def test_known_texts_are_those_of_the_api(code: int, english: str, russian: str) -> None:
    """Texts that were seen on the wire are repeated to the letter."""
    assert (error_codes.text(code, "en"), error_codes.text(code, "ru")) == (english, russian)


def test_any_other_language_is_english() -> None:
    """The API speaks English to all but Russian callers."""
    assert error_codes.text(8800, "tr") == "Object not found"


@pytest.mark.parametrize(
    ("code", "cls"),
    [
        (53, AuthError),
        (152, UnitsError),
        (4001, InvalidRequestError),
        (8000, InvalidRequestError),
        (8800, NotFoundError),
        (3500, NotSupportedError),
    ],
    ids=["53", "152", "4001", "8000", "8800", "3500"],
)
def test_a_fault_is_the_error_that_its_code_stands_for(code: int, cls: type[Exception]) -> None:
    """A refusal can be caught by the same class at either end."""
    assert isinstance(error_codes.fault(code), cls)


def test_a_fault_carries_code_text_and_detail() -> None:
    """The three parts that both wires send are attributes of the error."""
    error = error_codes.fault(8800, "Клиент не найден", language="ru")

    assert (error.code, error.message, error.detail) == (8800, "Объект не найден", "Клиент не найден")


def test_what_is_not_emulated_says_so() -> None:
    """A missing feature is refused in the emulator's own name."""
    error = error_codes.not_emulated("reports")

    assert (error.code, error.detail) == (3500, "The emulator does not implement this: reports")


def test_a_notification_without_details_has_no_details_at_all() -> None:
    """Absent and empty are not the same on the wire."""
    assert error_codes.notification(10020) == {"Code": 10020, "Message": "Object is already suspended"}


def test_a_notification_carries_its_details() -> None:
    """Details stand beside the code and its text."""
    assert error_codes.notification(8800, "Ad group not found") == {
        "Code": 8800,
        "Message": "Object not found",
        "Details": "Ad group not found",
    }


@pytest.mark.parametrize("code", [8303, 10020], ids=["an item's error", "a warning"])
def test_an_items_code_cannot_refuse_a_request(code: int) -> None:
    """A code in the wrong place is a mistake of the emulator, not of its caller."""
    with pytest.raises(ValueError):
        error_codes.fault(code)


def test_a_requests_code_cannot_stand_in_an_item() -> None:
    """An item never says that the token is wrong."""
    with pytest.raises(ValueError):
        error_codes.notification(53)
