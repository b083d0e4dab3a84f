"""A print run on paper, after changes: each name as often as it was frozen, the heads and the QR on every page."""

from collections import Counter
from pathlib import Path

import pytest
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import translation

from exhibitors.domain import exhibitors, print_runs
from exhibitors.models import Edition, Exhibitor, PrintRun
from exhibitors.models.fields import pick
from tests.browser import paper
from tests.browser.conftest import OpenPage
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_print_run

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

COUNT = 120
MANY = 60
LOADED = """() => [...document.querySelectorAll(".check-code__picture")]
    .map((image) => image.complete && image.naturalWidth > 0)"""


@pytest.fixture(scope="module")
def run(site: str) -> PrintRun:
    """Two halls of many exhibitors, some of whom are called otherwise since."""
    edition = make_edition("2019")
    halls = [make_hall(edition, "one", "첫관"), make_hall(edition, "two", "둘째관")]
    for number in range(COUNT):
        make_exhibitor(edition, f"동결업체{number:03d}", booths=[make_booth(halls[number % 2], f"A-{number}")])
    run = make_print_run(edition)
    for exhibitor in Exhibitor.objects.filter(edition=edition)[:5]:
        exhibitor.name_ko = f"다른이름{exhibitor.pk}"
        exhibitors.save(exhibitor)
    return run


@pytest.fixture(scope="module")
def stale_run(site: str) -> PrintRun:
    """So many are called otherwise since that it takes more than a page to say so."""
    edition = make_edition("2018")
    names = [f"옛이름{number:03d}" for number in range(MANY)]
    first, *others = [make_exhibitor(edition, name).pk for name in names]
    run = make_print_run(edition)
    exhibitors.withdraw(Exhibitor.objects.filter(pk=first), reason="사정")
    Exhibitor.objects.filter(pk__in=others).update(name_ko=Concat(Value("새이름"), "name_ko"))
    return run


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_run_on_paper(open_page: OpenPage, run: PrintRun, tmp_path: Path, language: str) -> None:
    page = open_page(f"/{language}/2019/print/runs/1/")
    expected = paper.expect(page)
    loaded = page.evaluate(LOADED)
    paper.print_to(page, tmp_path / "run.pdf")

    pages = paper.read_pages(tmp_path / "run.pdf")
    rows = paper.check(pages, expected)
    sheet = print_runs.sheet_of(run)
    frozen = Counter(paper.squash(pick(row.subject, "name", language).text) for row in sheet.rows)
    assert Counter(expected.names) == frozen
    assert (frozen.total(), sum(rows)) == (COUNT, COUNT)
    assert len(pages) > 3
    assert loaded == [True]
    assert expected.foot.endswith(paper.squash(f"/{language}/2019/r/1/"))
    with translation.override(language):
        name = paper.squash(str(run))
    assert [name in text for text in pages] == [True] * len(pages)
    assert paper.count_codes(tmp_path / "run.pdf") == [1] * len(pages)


def test_the_errata_sheet_fits_a_page_and_names_old_and_new(open_page: OpenPage, run: PrintRun, tmp_path: Path) -> None:
    page = open_page("/ko/2019/print/runs/1/errata/")
    paper.print_to(page, tmp_path / "errata.pdf")

    (text,) = paper.read_pages(tmp_path / "errata.pdf")
    changed = Exhibitor.objects.filter(edition=Edition.objects.get(slug="2019"), name_ko__startswith="다른이름")
    assert changed.count() == 5
    assert [exhibitor.name_ko in text for exhibitor in changed] == [True] * 5
    assert text.count("동결업체") == 10  # as it was printed, and before the arrow


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_long_errata_sheet_has_its_heads_and_the_code_on_every_page(
    open_page: OpenPage, stale_run: PrintRun, tmp_path: Path, language: str
) -> None:
    page = open_page(f"/{language}/2018/print/runs/1/errata/")
    expected = paper.expect(page)
    paper.print_to(page, tmp_path / "errata.pdf")

    rows = paper.check(paper.read_pages(tmp_path / "errata.pdf"), expected)
    assert (len(rows) > 1, sum(rows)) == (True, MANY)
    with translation.override(language):
        heads = [
            f"{paper.squash(translation.gettext(kind))}{n}" for kind, n in (("Withdrawn", 1), ("Other name", MANY - 1))
        ]
    assert [section.head[: len(head)] for section, head in zip(expected.sections, heads, strict=True)] == heads
    assert paper.count_codes(tmp_path / "errata.pdf") == [1] * len(rows)
