"""The lists: a constant number of queries, the edition as first filter, search, and what each row tells."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exhibitors.admin.filters import EditionFilter
from exhibitors.models import (
    Booth,
    BoothMove,
    Collaboration,
    Edition,
    Exhibitor,
    Facility,
    Hall,
    ImportRun,
    Industry,
    PrintRun,
    Product,
    Theme,
)
from tests.admin.pages import list_of, names_in
from tests.factories import (
    make_booth,
    make_collaboration,
    make_edition,
    make_exhibitor,
    make_facility,
    make_hall,
    make_import_run,
    make_industry,
    make_organiser,
    make_picture,
    make_print_run,
    make_product,
    make_theme,
)

pytestmark = pytest.mark.django_db


def make_whole(number: int) -> None:
    """One row of every model, all of them linked, in an edition of their own."""
    edition = make_edition(f"e{number}")
    theme = make_theme(edition)
    hall = make_hall(edition, theme=theme)
    booths = [make_booth(hall, "A-1"), make_booth(hall, "A-2")]
    industries = [make_industry(edition, "a"), make_industry(edition, "b")]
    partners = [make_exhibitor(edition, booths=booths, industries=industries) for _ in range(2)]
    partners[0].logo = SimpleUploadedFile("logo.png", PICTURE)
    partners[0].save()
    make_product(partners[0], picture=SimpleUploadedFile("product.png", PICTURE))
    make_facility(edition, booth=booths[0])
    make_collaboration(edition, partners)
    make_import_run(edition, by=make_organiser(f"organiser{number}"))
    make_print_run(edition)


PICTURE = make_picture(112, 112)
QUERIES: dict[type[Model], int] = {
    Edition: 5,
    Theme: 6,
    Hall: 7,
    Industry: 6,
    Booth: 8,
    Exhibitor: 10,
    Product: 6,
    Collaboration: 6,
    Facility: 6,
    BoothMove: 6,
    ImportRun: 6,
    PrintRun: 6,
}
"""Two of each are the session and the organiser, two are counts of the rows found and of all."""


def queries(desk: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert desk.get(page).status_code == 200
    return len(captured)


@pytest.mark.parametrize("model", QUERIES, ids=lambda model: model.__name__)
def test_a_list_costs_the_same_for_one_row_and_for_thirty(model: type[Model], desk: Client) -> None:
    make_edition("another")
    make_whole(0)
    few = queries(desk, list_of(model))
    for number in range(1, 31):
        make_whole(number)

    many = queries(desk, list_of(model))

    assert (few, many) == (QUERIES[model], QUERIES[model])


def test_a_list_within_an_edition_costs_the_same_for_one_row_and_for_thirty(desk: Client) -> None:
    edition = make_edition()
    hall, industry = make_hall(edition), make_industry(edition)
    page = list_of(Exhibitor, f"?edition={edition.pk}&hall={hall.pk}&q=시험")
    counts = []
    for many in (1, 30):
        for number in range(many):
            booth = make_booth(hall, f"{many}-{number}")
            make_product(make_exhibitor(edition, booths=[booth], industries=[industry]))
        counts.append(queries(desk, page))

    assert counts == [10, 10]


@pytest.mark.parametrize("model", set(QUERIES) - {Edition}, ids=lambda model: model.__name__)
def test_the_edition_is_the_first_filter_and_keeps_its_rows_alone(model: type[Model], desk: Client) -> None:
    make_whole(1)
    make_whole(2)
    edition = Edition.objects.get(slug="e1")

    everything = desk.get(list_of(model))
    answer = desk.get(list_of(model, f"?edition={edition.pk}"))

    assert isinstance(everything.context["cl"].filter_specs[0], EditionFilter)
    assert 0 < answer.context["cl"].result_count == everything.context["cl"].result_count // 2
    assert len(answer.context["cl"].list_display) == len(everything.context["cl"].list_display) - 1


@pytest.mark.parametrize("bogus", ["abc", "0", "-1", "9" * 30, "1e3", "²", "%00", "none"])
@pytest.mark.parametrize("parameter", ["edition", "hall", "industry", "theme"])
def test_a_bogus_filter_never_fails_and_never_shows_more(parameter: str, bogus: str, desk: Client) -> None:
    make_whole(1)
    edition = Edition.objects.get()
    asked = f"?edition={edition.pk}&{parameter}={bogus}" if parameter != "edition" else f"?edition={bogus}"
    model = Hall if parameter == "theme" else Exhibitor

    answer = desk.get(list_of(model, asked))

    assert answer.status_code == 200
    assert names_in(answer) == []


@pytest.mark.parametrize("model", QUERIES, ids=lambda model: model.__name__)
@pytest.mark.parametrize("query", ["?q=%00", "?q='\"%25_", "?o=99", "?p=99999", "?unknown=1", "?q=" + "가" * 3000])
def test_bogus_parameters_never_fail(model: type[Model], query: str, desk: Client) -> None:
    make_whole(1)

    assert desk.get(list_of(model, query), follow=True).status_code == 200


def test_the_hall_filter_offers_the_halls_of_the_edition_alone(desk: Client) -> None:
    edition, other = make_edition("2024"), make_edition("2023")
    hall = make_hall(edition)
    make_hall(other, name_ko="옛 전시관")

    without = desk.get(list_of(Booth)).context["cl"].filter_specs
    within = desk.get(list_of(Booth, f"?edition={edition.pk}")).context["cl"].filter_specs

    assert "hall" not in [spec.parameter_name for spec in without]
    assert [spec.lookup_choices for spec in within if spec.parameter_name == "hall"] == [[(str(hall.pk), str(hall))]]


def test_another_edition_drops_the_filters_within_this_one(desk: Client) -> None:
    edition, other = make_edition("2024"), make_edition("2023")
    hall = make_hall(edition)

    spec = desk.get(list_of(Booth, f"?edition={edition.pk}&hall={hall.pk}&q=A")).context["cl"].filter_specs[0]
    links = [
        choice["query_string"]
        for choice in spec.choices(desk.get(list_of(Booth, f"?hall={hall.pk}&q=A")).context["cl"])
    ]

    assert links == ["?q=A", f"?edition={edition.pk}&q=A", f"?edition={other.pk}&q=A"]


def test_an_exhibitor_on_two_booths_of_a_hall_is_listed_once(desk: Client) -> None:
    edition = make_edition()
    hall = make_hall(edition)
    make_exhibitor(edition, "에바", booths=[make_booth(hall, "A-1"), make_booth(hall, "A-2")])
    make_exhibitor(edition, "가나")

    assert names_in(desk.get(list_of(Exhibitor, f"?edition={edition.pk}&hall={hall.pk}"))) == ["에바"]
    assert names_in(desk.get(list_of(Exhibitor, f"?edition={edition.pk}&hall={hall.pk}&q=A-"))) == ["에바"]


def test_what_is_undecided_can_be_listed(desk: Client) -> None:
    edition = make_edition()
    hall, industry = make_hall(edition), make_industry(edition)
    make_exhibitor(edition, "에바", booths=[make_booth(hall)], industries=[industry])
    make_exhibitor(edition, "가나", booths=[make_booth(hall, "A-2")])
    make_exhibitor(edition, "다라", industries=[industry])

    without_hall = names_in(desk.get(list_of(Exhibitor, f"?edition={edition.pk}&hall=none")))
    without_industry = names_in(desk.get(list_of(Exhibitor, f"?edition={edition.pk}&industry=none")))

    assert (without_hall, without_industry) == (["다라"], ["가나"])


def test_booths_are_listed_as_people_count_and_by_who_stands_there(desk: Client) -> None:
    hall = make_hall(make_edition())
    free, one, shared = (make_booth(hall, number) for number in ("A-10", "A-2", ""))
    make_exhibitor(hall.edition, "에바", booths=[one, shared])
    make_exhibitor(hall.edition, "가나", booths=[shared])

    assert [row.number for row in desk.get(list_of(Booth)).context["cl"].result_list] == ["A-2", "A-10", ""]
    found = {
        value: list(desk.get(list_of(Booth, f"?occupied={value}")).context["cl"].result_list)
        for value in ("0", "1", "2")
    }
    assert found == {"0": [free], "1": [one], "2": [shared]}
    assert "number to follow" in desk.get(list_of(Booth)).content.decode()


SEARCHES: list[tuple[type[Model], str, str]] = [
    (Exhibitor, "웬떡", "웬떡마을"),
    (Exhibitor, "wendduk", "웬떡마을"),
    (Exhibitor, "W-CODE", "웬떡마을"),
    (Exhibitor, "D-77", "웬떡마을"),
    (Exhibitor, "약밥", "웬떡마을"),
    (Exhibitor, "rice", "웬떡마을"),
    (Exhibitor, "웬떡 약밥", "웬떡마을"),
    (Exhibitor, "주식회사 웬떡 마을", "웬떡마을"),
    (Booth, "d-77", "교차협력관 D-77"),
    (Booth, "웬떡마을", "교차협력관 D-77"),
    (Product, "약밥", "약밥"),
    (Product, "웬떡", "약밥"),
    (Hall, "cooperation-1", "교차협력관"),
    (Theme, "테마", "협력 테마"),
    (Industry, "food", "식품"),
    (Collaboration, "밀키트", "떡 밀키트"),
    (Collaboration, "웬떡", "떡 밀키트"),
    (Facility, "라이브", "라이브커머스 스튜디오"),
    (Facility, "D-77", "라이브커머스 스튜디오"),
    (Edition, "동행", "2024 시험 엑스포"),
    (BoothMove, "웬떡", "웬떡마을 joined 교차협력관 D-77"),
]


@pytest.mark.parametrize(("model", "query", "expected"), SEARCHES, ids=lambda value: getattr(value, "__name__", value))
def test_search_finds(model: type[Model], query: str, expected: str, desk: Client) -> None:
    edition = make_edition(slogan_ko="지속 가능한 동행", name_en="")
    make_edition("2023", name_en="", slogan_ko="")
    hall = make_hall(edition, "cooperation-1", "교차협력관")
    make_hall(edition, "export", "수출관")
    make_theme(edition, "theme", "협력 테마")
    make_theme(edition, "other", "다른 것")
    booth = make_booth(hall, "D-77")
    make_exhibitor(edition, "다른 회사", name_en="Other", booths=[make_booth(hall, "E-1")], company_code="O-1")
    rice = make_exhibitor(
        edition, "웬떡마을", name_en="", booths=[booth], company_code="W-CODE", main_products_en="rice cakes"
    )
    rice.slug = "wendduk"
    rice.save()
    make_product(rice, name_ko="약밥")
    make_product(make_exhibitor(edition, "셋째"), name_ko="밥솥")
    make_industry(edition, "food", "식품")
    make_industry(edition, "machinery", "기계")
    make_collaboration(edition, [rice], slug="one", title_ko="떡 밀키트")
    make_collaboration(edition, [], slug="two", title_ko="배터리")
    make_facility(edition, "studio", "라이브커머스 스튜디오", booth=booth)
    make_facility(edition, "market", "상생마켓")

    assert names_in(desk.get(list_of(model), {"q": query})) == [expected]


def test_a_search_that_finds_nothing_says_so(desk: Client) -> None:
    make_exhibitor(make_edition(), "에바")

    assert names_in(desk.get(list_of(Exhibitor), {"q": "삼성"})) == []


def test_each_row_says_why_it_is_hidden_and_what_is_a_sample(desk: Client) -> None:
    edition = make_edition()
    make_exhibitor(edition, "공개")
    make_exhibitor(edition, "초안", state="draft", state_reason="no logo yet")
    make_exhibitor(edition, "취소", state="withdrawn", state_reason="bankrupt", is_sample=True)
    make_exhibitor(make_edition("2025", is_public=False), "숨은 회차")

    page = desk.get(list_of(Exhibitor)).content.decode()
    cells = {name: _cells(page, name) for name in ("공개", "초안", "취소", "숨은 회차")}

    assert {name: cell["hidden_because"] for name, cell in cells.items()} == {
        "공개": "",
        "초안": "draft: no logo yet",
        "취소": "withdrawn: bankrupt",
        "숨은 회차": "the edition is hidden",
    }
    assert [name for name, cell in cells.items() if "sample-mark" in cell["sample_mark"]] == ["취소"]


def _cells(page: str, name: str) -> dict[str, str]:
    row = next(part for part in page.split("<tr>") if f">{name}</a>" in part or f">{name}<" in part)
    cells = {}
    for cell in row.split('class="field-')[1:]:
        column = cell.split('"')[0].removeprefix("field-")
        cells[column] = cell.split(">", 1)[1].split("</td>")[0].replace("&nbsp;", "").strip()
    return cells


@pytest.mark.parametrize(
    ("make", "model"),
    [
        (lambda: make_edition(is_sample=True), Edition),
        (lambda: make_hall(make_edition(), is_sample=True), Hall),
        (lambda: make_booth(make_hall(make_edition()), is_sample=True), Booth),
        (lambda: make_collaboration(make_edition(), [], is_sample=True), Collaboration),
        (lambda: make_exhibitor(make_edition(), is_sample=True), Exhibitor),
    ],
    ids=["edition", "hall", "booth", "collaboration", "exhibitor"],
)
def test_a_sample_is_marked_in_its_list_and_on_its_form(
    make: Callable[[], Model], model: type[Model], desk: Client
) -> None:
    row = make()

    assert b"sample-mark" in desk.get(list_of(model)).content
    assert b"sample-note" in desk.get(f"{list_of(model)}{row.pk}/change/").content
    model._default_manager.update(is_sample=False)
    assert b"sample-mark" not in desk.get(list_of(model)).content
    assert b"sample-note" not in desk.get(f"{list_of(model)}{row.pk}/change/").content


def test_the_name_in_the_other_language_stands_below(desk: Client) -> None:
    make_exhibitor(make_edition(), "에바", name_en="Evar")

    assert '>Evar<span class="other-name">에바</span></a>' in desk.get(list_of(Exhibitor)).content.decode()


def test_a_logo_is_shown_with_its_measures(desk: Client) -> None:
    exhibitor = make_exhibitor(make_edition())
    exhibitor.logo = SimpleUploadedFile("logo.png", make_picture(800, 400))
    exhibitor.save()
    narrowest = exhibitor.logo.variants()[0][0]

    in_list = desk.get(list_of(Exhibitor)).content.decode()
    on_form = desk.get(f"{list_of(Exhibitor)}{exhibitor.pk}/change/").content.decode()

    assert f'src="{narrowest}" width="56" height="28"' in in_list
    assert f'src="{narrowest}" width="112" height="56"' in on_form


def test_an_edition_counts_its_parts_and_links_to_them(desk: Client) -> None:
    make_whole(1)
    make_whole(2)
    edition = Edition.objects.get(slug="e1")
    make_exhibitor(edition, state="draft")

    row = next(row for row in desk.get(list_of(Edition)).context["cl"].result_list if row == edition)
    page = desk.get(f"{list_of(Edition)}{edition.pk}/change/").content.decode()

    assert (row.public_total, row.exhibitor_total, row.hall_total, row.booth_total) == (2, 3, 1, 2)
    assert f'<a href="{list_of(Exhibitor)}?edition={edition.pk}">exhibitors: 3</a>' in page
    assert f'<a href="{list_of(Hall)}add/?edition={edition.pk}">Add</a>' in page


def test_the_count_of_public_exhibitors_opens_them_alone(desk: Client) -> None:
    edition = make_edition()
    make_exhibitor(edition, "에바")
    make_exhibitor(edition, "가나", state="draft")

    page = desk.get(list_of(Edition)).content.decode()
    link = f"{list_of(Exhibitor)}?edition={edition.pk}&state__exact=public"

    assert f'href="{link.replace("&", "&amp;")}"' in page or f'href="{link}"' in page
    assert names_in(desk.get(link)) == ["에바"]


def test_the_counts_of_a_hall_open_what_they_count(desk: Client) -> None:
    edition = make_edition()
    hall = make_hall(edition)
    both = [make_booth(hall, "A-1"), make_booth(hall, "A-2")]
    make_exhibitor(edition, "에바", booths=both)
    make_exhibitor(edition, "가나", booths=both[:1])

    row = desk.get(list_of(Hall)).context["cl"].result_list[0]

    assert (row.booth_count, row.exhibitor_count) == (2, 2)
    assert names_in(desk.get(list_of(Exhibitor, f"?edition={edition.pk}&hall={hall.pk}"))) == ["가나", "에바"]
    assert len(names_in(desk.get(list_of(Booth, f"?edition={edition.pk}&hall={hall.pk}")))) == 2


def test_positions_are_changed_in_the_list(desk: Client) -> None:
    edition = make_edition()
    first, second = make_hall(edition, "one", position=1), make_hall(edition, "two", position=2)

    desk.post(
        list_of(Hall),
        {
            "form-TOTAL_FORMS": 2,
            "form-INITIAL_FORMS": 2,
            "form-0-id": first.pk,
            "form-0-position": 5,
            "form-1-id": second.pk,
            "form-1-position": 2,
            "_save": "1",
        },
    )

    assert [hall.code for hall in Hall.objects.all()] == ["two", "one"]


@pytest.mark.parametrize(
    "model", [Edition, Theme, Hall, Industry, Exhibitor, Collaboration], ids=lambda model: model.__name__
)
def test_every_row_with_a_public_page_links_to_it(model: type[Model], desk: Client) -> None:
    make_whole(1)
    row = model._default_manager.all()[0]

    in_list = desk.get(list_of(model)).content.decode()
    on_form = desk.get(f"{list_of(model)}{row.pk}/change/").content.decode()

    page = row.get_absolute_url().replace("/ko/", "/en/")  # type: ignore[attr-defined]
    assert f'<a href="{page}">Open</a>' in in_list
    assert f'<a href="{page}" class="viewsitelink">' in on_form
