"""Homepages, e-mail addresses and phone numbers are checked before they are printed."""

import pytest

from exhibitors.domain.importing import contacts
from exhibitors.domain.importing.contacts import Homepage
from exhibitors.domain.importing.problems import Fault, Reason


@pytest.mark.parametrize(
    ("text", "address", "scheme_was_missing"),
    [
        ("https://firm.example/a?b=c", "https://firm.example/a?b=c", False),
        ("HTTP://firm.example", "http://firm.example", False),
        ("www.firm.example", "http://www.firm.example", True),
        ("firm.example/이름", "http://firm.example/이름", True),
        ("한글.한국", "http://한글.한국", True),
        ("http:// www.firm.example", "http://www.firm.example", False),
        ("http://https://firm.example", "https://firm.example", False),
        ("http//firm.example", "http://firm.example", False),
        ("www.social.example/@firm", "http://www.social.example/@firm", True),
    ],
)
def test_a_homepage_is_completed(text: str, address: str, scheme_was_missing: bool) -> None:
    assert contacts.homepage(text) == Homepage(address, scheme_was_missing)


@pytest.mark.parametrize(
    "text",
    [
        "desk@firm.example",
        "http://desk@firm.example",
        "none yet",
        "a.example, b.example",
        "javascript:alert(1)",
        "@firm",
        "http://",
        "firm",
    ],
)
def test_what_is_no_homepage_is_a_problem(text: str) -> None:
    assert contacts.homepage(text) == Fault(Reason.NOT_A_HOMEPAGE)


def test_an_email_address_is_one_address() -> None:
    assert contacts.email("desk@firm.example") == "desk@firm.example"
    assert contacts.email("desk@firm.example, b@firm.example") == Fault(Reason.NOT_AN_EMAIL)
    assert contacts.email("firm.example") == Fault(Reason.NOT_AN_EMAIL)


@pytest.mark.parametrize("text", ["02-0000-0100", "+82 (0)31 0000 0100", "1588-0000 (대표)", "02-0000-0100 ~ 2"])
def test_a_phone_number_is_kept_as_written(text: str) -> None:
    assert contacts.phone(text) == text


@pytest.mark.parametrize("text", ["ask the desk", "desk@firm.example", "12", "0" * 61])
def test_what_is_no_phone_number_is_a_problem(text: str) -> None:
    fault = contacts.phone(text)

    assert isinstance(fault, Fault)
    assert fault.reason == Reason.NOT_A_PHONE
