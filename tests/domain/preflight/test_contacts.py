"""Homepages, phones and e-mail addresses that cannot be right, and many that look odd and can."""

from typing import Any

import pytest
from django.utils import translation

from exhibitors.domain.preflight import Check
from exhibitors.domain.preflight.addresses import email_fault, homepage_fault
from exhibitors.domain.preflight.phones import phone_fault
from tests.domain.preflight.findings import found, repairs, sentences
from tests.factories import make_edition, make_exhibitor

RIGHT_PHONES = """
02-123-4567|02-1234-5678|031-123-4567|031-1234-5678|(02) 123-4567|02)123-4567|010-1234-5678|011-123-4567|1588-1234
15881234|070-1234-5678|080-123-4567|0507-1234-5678|0505-123-4567|+82-2-123-4567|+82 (0)2-123-4567|+82-02-1234-5678
82-2-1234-5678|+82-10-1234-5678|+82-1588-1234|+1 702 555 1234|+1 (702) 555-1234|+49 30 1234567|+44 (0)20 7946 0000
0082-2-123-4567|001-82-2-123-4567|02-123-4567~9|02-123-4567~69|02-123-4567/8|02-123-4567, 031-123-4567|1357
02-123-4567 031-123-4567|02-123-4567 (내선 123)|02-123-4567 내선 12|02-123-4567 ext. 12|02-123-4567x12|Tel. 02-123-4567
T.02-123-4567|TEL:02-123-4567 FAX:02-123-4568|대표전화 1588-1234|고객센터 1588-1234|０２－１２３－４５６７|02.123.4567
02 123 4567|02-123-4567(대표)|02-123-4567(8)|02–123–4567|033-123-4567 / 010-1234-5678|1층 02-123-4567|02-123-4567번
홍길동 010-1234-5678|051-123-4567~8, 02-123-4567|02-123-4567~02-123-4569|012-1234-5678
"""
DIGITS = "The phone of 에바 has {} digits as dialled in Korea, where numbers with {} have {}: {}"
WRONG_PHONES = {
    "02-123-456": DIGITS.format(8, "02", "9 to 10", "02-123-456"),
    "02-12345-6789": DIGITS.format(11, "02", "9 to 10", "02-12345-6789"),
    "031-123-456": DIGITS.format(9, "031", "10 to 11", "031-123-456"),
    "010-123-4567": DIGITS.format(10, "010", "11", "010-123-4567"),
    "1588-12345": DIGITS.format(9, "1588", "8", "1588-12345"),
    "+82-2-123-456": DIGITS.format(8, "02", "9 to 10", "+82-2-123-456"),
    "02-123-4567, 031-12": DIGITS.format(5, "031", "10 to 11", "02-123-4567, 031-12"),
    "02-ABC-1234": "The phone of 에바 has letters in it: 02-ABC-1234",
    "O2-123-4567": "The phone of 에바 has letters in it: O2-123-4567",
    "없음": "The phone of 에바 has no number in it: 없음",
    "n/a": "The phone of 에바 has no number in it: n/a",
    "702-555-1234": "The phone of 에바 begins neither with 0 nor with + and a country code: 702-555-1234",
    "099-123-4567": "The phone of 에바 begins like no Korean number: 099-123-4567",
    "000-0000-0000": "The phone of 에바 is a placeholder: 000-0000-0000",
    "02-000-0000": "The phone of 에바 is a placeholder: 02-000-0000",
    "+02-123-4567": "The phone of 에바 has a + before no country code: +02-123-4567",
    "+1234": "The phone of 에바 has 4 digits with its country code, where 7 to 15 are possible: +1234",
}


@pytest.mark.parametrize("phone", RIGHT_PHONES.replace("\n", "|").strip("|").split("|"))
def test_a_phone_that_can_be_right_is_not_told(phone: str) -> None:
    assert phone_fault(phone) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("phone", "sentence"), WRONG_PHONES.items())
def test_a_phone_that_cannot_is_told_with_what_is_wrong(phone: str, sentence: str) -> None:
    edition = make_edition()
    make_exhibitor(edition, "에바", phone=phone)

    assert sentences(edition, Check.PHONE_WRONG) == [sentence]


RIGHT_HOMEPAGES = """
http://www.evar.co.kr|https://한국.kr|http://에바.한국/|http://a.b.co/path?x=1#y|http://evar.kr:8080/|http://3m.com
https://www.instagram.com/x|http://xn--9n2bp8q.xn--3e0b707e/|http://evar.co.kr.|http://example.co.kr/|http://test.com
http://my-example.com|http://localhost.co.kr|http://www.com.kr/|http://evar.kr/info@x|HTTP://WWW.EVAR.CO.KR
http://1004.co.kr|http://www.kr.co.kr|http://a_b.evar.kr
"""
WRONG_HOMEPAGES = {
    "The homepage of %(exhibitor)s has no complete name of a website: %(address)s": (
        "http://www.|http://www|http://http//www.evar.kr|http://https://evar.kr|http://-|http://|http:///x"
    ),
    "The homepage of %(exhibitor)s is a placeholder: %(address)s": (
        "http://localhost/|http://example.com|https://www.example.com/x|http://evar.example|http://www.co.kr/|http://www.com"
    ),
    "The homepage of %(exhibitor)s is a computer's number, no name: %(address)s": (
        "http://127.0.0.1/|http://[::1]/|http://203.0.113.9"
    ),
    "The homepage of %(exhibitor)s has a space in it: %(address)s": "http://evar co.kr|http://evar.co.kr http://x.kr",
    "The homepage of %(exhibitor)s looks like an e-mail address: %(address)s": "http://info@evar.co.kr",
    "The homepage of %(exhibitor)s is no address: %(address)s": (
        "http://www..evar.kr|http://www.evar,co.kr|http://evar.c|http://evar.kr:abc|http://[|http://-evar.kr"
        "|http://www.evar.co.kr,www.x.kr"
    ),
}


@pytest.mark.parametrize("address", RIGHT_HOMEPAGES.replace("\n", "|").strip("|").split("|"))
def test_a_homepage_that_can_be_right_is_not_told(address: str) -> None:
    assert homepage_fault(address) is None


@pytest.mark.parametrize(
    ("address", "text"),
    [(address, text) for text, addresses in WRONG_HOMEPAGES.items() for address in addresses.split("|")],
)
def test_a_homepage_that_cannot_is_told(address: str, text: str) -> None:
    with translation.override("en"):
        assert str(homepage_fault(address)) == text


@pytest.mark.parametrize(
    "address",
    ["info@evar.co.kr", "evar@evar.co.kr", "info@info.kr", "test@evar.kr", "abc@abcd.com", "kim@abc.com", "a@test.kr"],
)
def test_an_e_mail_address_that_can_be_right_is_not_told(address: str) -> None:
    assert email_fault(address) is None


@pytest.mark.parametrize(
    "address", ["x@example.com", "x@evar.example", "test@test.com", "abc@abc.com", "A@A.com", "x@localhost"]
)
def test_an_e_mail_address_that_cannot_is_told(address: str) -> None:
    with translation.override("en"):
        assert str(email_fault(address)) == "The e-mail address of %(exhibitor)s is a placeholder: %(address)s"


@pytest.mark.django_db
def test_only_what_readers_see_is_told_with_its_field() -> None:
    edition = make_edition()
    wrong: dict[str, Any] = {"homepage": "http://www.", "phone": "없음", "email": "x@example.com"}
    make_exhibitor(edition, "가", **wrong)
    make_exhibitor(edition, "나", **wrong, state="draft")
    make_exhibitor(edition, "다")

    assert sentences(edition, Check.HOMEPAGE_WRONG) == [
        "The homepage of 가 has no complete name of a website: http://www."
    ]
    assert sentences(edition, Check.EMAIL_WRONG) == ["The e-mail address of 가 is a placeholder: x@example.com"]
    checks = (Check.HOMEPAGE_WRONG, Check.PHONE_WRONG, Check.EMAIL_WRONG)
    assert [repairs(edition, check) for check in checks] == [
        [[("가", "homepage")]],
        [[("가", "phone")]],
        [[("가", "email")]],
    ]


@pytest.mark.django_db
def test_another_wrong_phone_is_another_fact() -> None:
    edition = make_edition()
    exhibitor = make_exhibitor(edition, "가", phone="없음")
    before = found(edition, Check.PHONE_WRONG)[0].key

    exhibitor.phone = "미정"
    exhibitor.save()

    assert found(edition, Check.PHONE_WRONG)[0].key != before
