"""The report as a whole: its counts, its cost, and what is marked as intended."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from exhibitors.domain import booths as booth_verbs
from exhibitors.domain import preflight
from exhibitors.domain.errors import DomainError
from exhibitors.domain.preflight import Check
from exhibitors.domain.preflight.reports import RUN
from exhibitors.models import Edition, PreflightMark
from tests.domain.preflight.findings import found, sentences
from tests.factories import (
    make_booth,
    make_collaboration,
    make_edition,
    make_exhibitor,
    make_facility,
    make_hall,
    make_industry,
    make_organiser,
    make_product,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make_edition(is_current=True)


def make_row(edition: Edition, number: int) -> None:
    """An exhibitor with all that the checks read, and with something for most of them to find."""
    hall = make_hall(edition, f"h{number}", f"{number}관")
    booth = make_booth(hall, "A-01")
    make_booth(hall, "A1")
    exhibitor = make_exhibitor(edition, "같은 이름", booths=[booth], industries=[make_industry(edition, f"i{number}")])
    make_exhibitor(edition, booths=[booth], phone="없음", homepage="http://www.", state="draft")
    make_product(exhibitor)
    make_facility(edition, f"f{number}", booth=make_booth(hall, "B-01"))
    make_collaboration(edition, [exhibitor], f"c{number}")


def queries(edition: Edition) -> int:
    with CaptureQueriesContext(connection) as captured, translation.override("en"):
        for group in preflight.report(edition).groups:
            for finding in group.open:
                assert finding.sentence
                assert all(str(repair.row) for repair in finding.repairs)
    return len(captured)


def test_a_report_costs_ten_queries_for_one_row_and_for_thirty(edition: Edition) -> None:
    make_row(edition, 1)
    for_one = queries(edition)
    for number in range(2, 31):
        make_row(edition, number)

    assert (for_one, queries(edition)) == (10, 10)


def test_the_counts_cost_ten_queries_for_one_row_and_for_thirty(edition: Edition) -> None:
    make_row(edition, 1)
    with CaptureQueriesContext(connection) as for_one:
        preflight.counts(edition)
    for number in range(2, 31):
        make_row(edition, number)
    with CaptureQueriesContext(connection) as for_thirty:
        preflight.counts(edition)

    assert (len(for_one), len(for_thirty)) == (10, 10)


def test_every_check_runs_in_the_order_of_the_page() -> None:
    assert list(RUN) == list(Check)
    assert all(len(check.value) <= 40 for check in Check)


def test_an_empty_edition_has_nothing_to_find(edition: Edition) -> None:
    assert preflight.counts(edition) == preflight.Counts(
        public=0, total=0, open=0, notes=0, intended=0, open_by_check={}
    )


def test_the_counts_tell_what_is_open_what_informs_and_what_is_intended(edition: Edition) -> None:
    hall, industry = make_hall(edition), make_industry(edition)
    for name in ("가", "나"):
        make_exhibitor(edition, name, name_en=name, booths=[make_booth(hall, name)], industries=[industry])
    make_exhibitor(edition, "다", state="draft")
    make_exhibitor(make_edition("2023"), "라")
    logo = found(edition, Check.LOGO_MISSING)[0]
    preflight.mark(edition, Check.LOGO_MISSING, logo.key, reason="로고 없는 업체")

    assert preflight.counts(edition) == preflight.Counts(
        public=2,
        total=3,
        open=1,
        notes=1,
        intended=1,
        open_by_check={Check.NOT_PUBLIC: 1, Check.LOGO_MISSING: 1},
    )


# Intended


def share(edition: Edition) -> tuple[str, PreflightMark]:
    """A booth that two share on purpose."""
    booth = make_booth(make_hall(edition), "A-01")
    for name in ("가", "나"):
        make_exhibitor(edition, name, booths=[booth])
    key = found(edition, Check.BOOTH_SHARED)[0].key
    organiser = make_organiser()
    return key, preflight.mark(edition, Check.BOOTH_SHARED, key, reason="  공동관  ", by=organiser)


def test_a_marked_finding_is_no_longer_open_and_says_why_who_and_when(edition: Edition) -> None:
    share(edition)

    group = next(group for group in preflight.report(edition).groups if group.check == Check.BOOTH_SHARED)

    assert group.open == ()
    (intended,) = group.intended
    assert (intended.mark.reason, str(intended.mark.marked_by)) == ("공동관", "organiser")
    assert intended.mark.marked_at.tzinfo is not None


def test_a_third_one_who_joins_the_booth_makes_it_open_again(edition: Edition) -> None:
    share(edition)
    booth = make_booth(edition.halls.get(), "A-02")
    third = make_exhibitor(edition, "다", booths=[booth])
    still = sentences(edition, Check.BOOTH_SHARED)

    booth_verbs.assign({third: [edition.halls.get().booths.get(number="A-01")]})

    assert still == []
    assert len(sentences(edition, Check.BOOTH_SHARED)) == 1


def test_a_mark_is_taken_back_once(edition: Edition) -> None:
    _key, mark = share(edition)
    pk = mark.pk

    preflight.unmark(edition, pk)

    assert len(found(edition, Check.BOOTH_SHARED)) == 1
    with translation.override("en"), pytest.raises(DomainError, match="This finding is open again already"):
        preflight.unmark(edition, pk)


def test_a_mark_of_another_edition_is_not_touched(edition: Edition) -> None:
    _key, mark = share(edition)

    with pytest.raises(DomainError):
        preflight.unmark(make_edition("2023"), mark.pk)

    assert PreflightMark.objects.count() == 1


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        ("", "Say why this is intended."),
        (" \t ", "Say why this is intended."),
        ("a\nb", "Line breaks and control characters are not allowed here."),
        ("a\x00b", "Line breaks and control characters are not allowed here."),
        ("x" * 201, "Ensure this value has at most 200 characters"),
    ],
)
def test_a_mark_needs_a_reason_that_fits(edition: Edition, reason: str, message: str) -> None:
    make_exhibitor(edition, "가")
    key = found(edition, Check.LOGO_MISSING)[0].key

    with translation.override("en"), pytest.raises(DomainError, match=message):
        preflight.mark(edition, Check.LOGO_MISSING, key, reason=reason)

    assert PreflightMark.objects.count() == 0


@pytest.mark.parametrize("key", ["", "nonsense", "\x00", "\ud800"])
def test_only_what_is_found_can_be_marked(edition: Edition, key: str) -> None:
    make_exhibitor(edition, "가")

    with translation.override("en"), pytest.raises(DomainError, match="This finding is no longer open"):
        preflight.mark(edition, Check.LOGO_MISSING, key, reason="x")

    assert PreflightMark.objects.count() == 0


def test_what_is_marked_already_keeps_its_first_reason(edition: Edition) -> None:
    key, _mark = share(edition)

    with pytest.raises(DomainError):
        preflight.mark(edition, Check.BOOTH_SHARED, key, reason="다른 이유")

    assert [mark.reason for mark in PreflightMark.objects.all()] == ["공동관"]


def test_all_of_a_check_are_marked_as_long_as_they_are_what_was_seen(edition: Edition) -> None:
    for name in ("가", "나"):
        make_exhibitor(edition, name)
    seen = preflight.digest(found(edition, Check.LOGO_MISSING))
    make_exhibitor(edition, "다")

    with translation.override("en"), pytest.raises(DomainError, match="The findings have changed meanwhile"):
        preflight.mark_all(edition, Check.LOGO_MISSING, seen=seen, reason="x")
    none = PreflightMark.objects.count()
    seen = preflight.digest(found(edition, Check.LOGO_MISSING))
    marks = preflight.mark_all(edition, Check.LOGO_MISSING, seen=seen, reason="올해는 로고 없음")

    assert (none, len(marks), PreflightMark.objects.count()) == (0, 3, 3)
    assert sentences(edition, Check.LOGO_MISSING) == []
    assert len(sentences(edition, Check.INDUSTRY_MISSING)) == 3


def test_nothing_to_mark_is_refused(edition: Edition) -> None:
    with pytest.raises(DomainError):
        preflight.mark_all(edition, Check.LOGO_MISSING, seen=preflight.digest(()), reason="x")
