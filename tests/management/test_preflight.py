"""The command that prints what pre-flight finds."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from exhibitors.domain import preflight
from exhibitors.domain.preflight import Check
from exhibitors.models import Edition
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_industry

pytestmark = pytest.mark.django_db


def run(**options: Any) -> list[str]:
    output = io.StringIO()
    call_command("preflight", **{"edition": "2024", "language": "en", **options}, stdout=output)
    return output.getvalue().splitlines()


@pytest.fixture
def edition() -> Edition:
    edition = make_edition(is_current=True)
    booth, industry = make_booth(make_hall(edition, name_en="Innovation"), "A-01"), make_industry(edition)
    for name in ("가", "나"):
        make_exhibitor(edition, name, name_en=name, booths=[booth], industries=[industry])
    make_exhibitor(edition, "다", state="draft")
    return edition


def test_it_prints_a_sentence_a_line_under_each_check(edition: Edition) -> None:
    key = next(group.open[0].key for group in preflight.report(edition).groups if group.check == Check.LOGO_MISSING)
    preflight.mark(edition, Check.LOGO_MISSING, key, reason="로고 없는 업체")

    assert run() == [
        "2 of 3 public",
        "",
        "Not public (not-public): 1 open",
        "  다 is a draft.",
        "",
        "Booth shared (booth-shared): 1 open",
        "  Innovation A-01 is shared: 가, 나",
        "",
        "Without logo (logo-missing): 1 open",
        "  나 has no logo.",
        "  가 has no logo. Intended: 로고 없는 업체",
    ]


def test_one_check_may_be_asked_for(edition: Edition) -> None:
    assert run(check="booth-shared") == [
        "2 of 3 public",
        "",
        "Booth shared (booth-shared): 1 open",
        "  Innovation A-01 is shared: 가, 나",
    ]


def test_an_edition_without_findings_prints_the_head_alone() -> None:
    make_edition(is_current=True)

    assert run() == ["0 of 0 public"]


def test_an_unknown_edition_or_check_is_refused(edition: Edition) -> None:
    with pytest.raises(CommandError, match="There is no edition '1999'"):
        run(edition="1999")
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("preflight", "--edition", "2024", "--check", "nonsense")
