"""Codes as people type them."""

import pytest
from django.utils import translation

from exhibitors.forms.second_factor import CodeForm, RecoveryCodeForm


@pytest.mark.parametrize("typed", ["123456", " 123 456 ", "123-456", "１２３４５６"])
def test_a_code_may_be_typed_with_spaces_and_full_width_digits(typed: str) -> None:
    form = CodeForm({"code": typed})

    assert form.is_valid()
    assert form.cleaned_data["code"] == "123456"


@pytest.mark.parametrize("typed", ["12345", "1234567", "abcdef", "-12345", "12345\x00", "٣٤٥٦٧٨x", "१२३४५६"])
def test_what_is_no_code_is_refused_with_a_sentence(typed: str) -> None:
    with translation.override("en"):
        form = CodeForm({"code": typed})

        assert len(form.errors["code"]) >= 1


def test_nothing_is_no_code() -> None:
    assert [CodeForm({"code": "  "}).is_valid(), RecoveryCodeForm({"recovery_code": "-"}).is_valid()] == [False, False]


def test_a_recovery_code_may_be_typed_in_capitals_and_groups() -> None:
    form = RecoveryCodeForm({"recovery_code": " ABCD-2345 "})

    assert form.is_valid()
    assert form.cleaned_data["recovery_code"] == "abcd2345"
