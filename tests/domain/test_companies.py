"""The same company over the years: shown by its code, proposed by its name, linked by a person alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from exhibitors.domain import companies
from exhibitors.domain.errors import DomainError
from exhibitors.models import Exhibitor
from tests.factories import make_edition, make_exhibitor

pytestmark = pytest.mark.django_db


def code_of(exhibitor: Exhibitor) -> str:
    return Exhibitor.objects.get(pk=exhibitor.pk).company_code


def test_the_same_code_in_other_editions_is_the_same_company_newest_first() -> None:
    this = make_exhibitor(make_edition("2023"), "맥널티커피", company_code="mcnulty")
    newer = make_exhibitor(make_edition("2024"), "한국맥널티", company_code="mcnulty")
    older = make_exhibitor(make_edition("2022"), "맥널티", company_code="mcnulty")
    make_exhibitor(make_edition("2021"), "맥널티커피", company_code="other")

    assert list(companies.same_company(this)) == [newer, older]


def test_without_a_code_nobody_is_the_same_company() -> None:
    this = make_exhibitor(make_edition("2023"), "에바")
    make_exhibitor(make_edition("2024"), "에바")

    with CaptureQueriesContext(connection) as captured:
        assert list(companies.same_company(this)) == []
    assert len(captured) == 0


def test_the_same_name_in_another_edition_is_proposed_whatever_its_company_form() -> None:
    this = make_exhibitor(make_edition("2024"), "(주) 에바")
    namesake = make_exhibitor(make_edition("2023"), "에바 주식회사")
    make_exhibitor(this.edition, "에바")
    make_exhibitor(namesake.edition, "에바전자")

    assert list(companies.proposals(this)) == [namesake]


def test_who_is_linked_already_is_not_proposed() -> None:
    this = make_exhibitor(make_edition("2024"), "에바", company_code="evar")
    make_exhibitor(make_edition("2023"), "에바", company_code="evar")
    unlinked = make_exhibitor(make_edition("2022"), "에바")

    assert list(companies.proposals(this)) == [unlinked]


def test_linking_takes_the_code_that_one_of_them_has() -> None:
    this = make_exhibitor(make_edition("2024"), "에바")
    other = make_exhibitor(make_edition("2023"), "에바", company_code="evar")

    companies.link(this, other)

    assert (code_of(this), code_of(other)) == ("evar", "evar")


def test_linking_without_a_code_takes_the_address_of_the_older() -> None:
    newer = make_exhibitor(make_edition("2024"), "에바", name_en="Evar Charging")
    older = make_exhibitor(make_edition("2023"), "에바", name_en="Evar")

    companies.link(newer, older)

    assert (code_of(newer), code_of(older)) == ("evar", "evar")


def test_linking_twice_changes_nothing_more() -> None:
    newer = make_exhibitor(make_edition("2024"), "에바")
    older = make_exhibitor(make_edition("2023"), "에바")
    companies.link(newer, older)
    before = Exhibitor.objects.get(pk=newer.pk).updated_at

    companies.link(newer, older)

    assert Exhibitor.objects.get(pk=newer.pk).updated_at == before


def test_different_codes_are_not_overwritten() -> None:
    this = make_exhibitor(make_edition("2024"), "에바", company_code="one")
    other = make_exhibitor(make_edition("2023"), "에바", company_code="two")

    with translation.override("en"), pytest.raises(DomainError) as caught:
        companies.link(this, other)

    assert str(caught.value) == "에바 and 에바 have different company codes. Correct one of them by hand."
    assert (code_of(this), code_of(other)) == ("one", "two")


def test_a_code_that_a_third_company_bears_is_refused() -> None:
    edition = make_edition("2024")
    this = make_exhibitor(edition, "에바")
    other = make_exhibitor(make_edition("2023"), "에바", company_code="evar")
    make_exhibitor(edition, "다른 회사", company_code="evar")

    with translation.override("en"), pytest.raises(DomainError) as caught:
        companies.link(this, other)

    assert str(caught.value) == "Company code evar is already used in Test Expo 2024."
    assert code_of(this) == ""


def test_a_code_made_from_the_longest_address_fits() -> None:
    older = make_exhibitor(make_edition("2023"), name_en="evar " * 30)
    newer = make_exhibitor(make_edition("2024"), name_en="evar " * 30)
    make_exhibitor(newer.edition, name_en="evar " * 30)

    companies.link(newer, older)

    assert code_of(newer) == code_of(older) == "-".join(["evar"] * 11)
