"""Permanent addresses of booths: who stands there, who stood there, other numbers, other ways of writing one."""

import html
import re
from urllib.parse import quote, unquote

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exhibitors.domain import booths, history, parts, renumbering
from exhibitors.domain.history import Action
from exhibitors.domain.renumbering_rules import Shift
from exhibitors.models import Booth, Edition, Exhibitor, Hall
from tests.factories import make_booth, make_edition, make_exhibitor, make_facility, make_hall, make_organiser

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make_edition()


@pytest.fixture
def hall(edition: Edition) -> Hall:
    return make_hall(edition, name_en="Innovation Hall")


def address(number: str, hall: str = "innovation") -> str:
    return f"/en/2024/b/{hall}/{quote(number)}/"


def opened(client: Client, number: str, hall: str = "innovation") -> str:
    response = client.get(address(number, hall))
    assert response.status_code == 200
    return response.content.decode()


def text(part: str) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", part).split()))


def here(page: str) -> list[str]:
    return [text(name) for name in re.findall(r'<h2 class="card__name"><a [^>]*>(.*?)</a>', page)]


def before(page: str) -> list[str]:
    """The lines about who stood here before, without moments."""
    part = re.search(r'<ul class="departures">(.*?)</ul>', page, re.S)
    rows = re.findall(r"<li>(.*?)</li>", part[1] if part else "", re.S)
    return [re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "…", text(row)) for row in rows]


def notices(page: str) -> list[str]:
    found = re.findall(r'<p class="notice">(.*?)</p>', page, re.S)
    return [re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "…", text(one)) for one in found]


def test_a_booth_shows_its_hall_and_who_stands_there(client: Client, edition: Edition, hall: Hall) -> None:
    booth = make_booth(hall, "A-12")
    make_exhibitor(edition, "나루", booths=[booth])
    make_exhibitor(edition, "가온", booths=[booth])
    make_exhibitor(edition, "옆집", booths=[make_booth(hall, "A-13")])

    page = opened(client, "A-12")

    heading = re.search(r"<h1.*?</h1>", page, re.S)
    assert heading
    assert text(heading[0]) == "Innovation Hall Booth A-12"
    assert (here(page), before(page), notices(page)) == (["가온", "나루"], [], [])
    assert '<a href="/en/2024/halls/innovation/">Innovation Hall</a>' in page


def test_an_empty_booth_says_so_and_a_facility_is_shown(client: Client, edition: Edition, hall: Hall) -> None:
    make_facility(edition, name_ko="안내소", booth=make_booth(hall, "A-1"))

    page = opened(client, "A-1")

    assert "No exhibitor stands here at present." in page
    assert '<h3 class="facility__name"><span lang="ko">안내소</span></h3>' in page


def test_after_a_move_the_old_booth_says_where_they_went_and_since_when(
    client: Client, edition: Edition, hall: Hall
) -> None:
    old, new = make_booth(hall, "A-1"), make_booth(make_hall(edition, "export", "수출관", name_en="Export Hall"), "B-3")
    exhibitor = make_exhibitor(edition, "에바", booths=[old])
    booths.assign({exhibitor: [new]})
    make_exhibitor(edition, "백제", booths=[old])

    page = opened(client, "A-1")

    assert here(page) == ["백제"]
    assert before(page) == ["에바 here until … Now at Export Hall B-3 since …"]
    assert 'href="/en/2024/b/export/B-3/"' in page
    assert (here(opened(client, "B-3", "export")), before(opened(client, "B-3", "export"))) == (["에바"], [])


def test_who_left_without_a_new_booth_is_still_named(client: Client, edition: Edition, hall: Hall) -> None:
    exhibitor = make_exhibitor(edition, "에바", booths=[make_booth(hall, "A-1")])
    booths.assign({exhibitor: []})

    assert before(opened(client, "A-1")) == ["에바 here until … The new booth is to follow."]


def test_who_came_back_did_not_leave(client: Client, edition: Edition, hall: Hall) -> None:
    booth = make_booth(hall, "A-1")
    exhibitor = make_exhibitor(edition, "에바", booths=[booth])
    booths.assign({exhibitor: []})
    booths.assign({exhibitor: [booth]})

    page = opened(client, "A-1")

    assert (here(page), before(page)) == (["에바"], [])


def test_the_last_to_leave_comes_first(client: Client, edition: Edition, hall: Hall) -> None:
    booth = make_booth(hall, "A-1")
    for name in ("첫째", "둘째"):
        booths.assign({make_exhibitor(edition, name, booths=[booth]): []})

    assert [line.split()[0] for line in before(opened(client, "A-1"))] == ["둘째", "첫째"]


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_who_is_not_public_is_left_out_in_silence(
    client: Client, edition: Edition, hall: Hall, state: Exhibitor.State
) -> None:
    booth = make_booth(hall, "A-1")
    make_exhibitor(edition, "숨은이", booths=[booth], state=state, state_reason="비밀 사정")
    booths.assign({make_exhibitor(edition, "간이", booths=[booth]): [make_booth(hall, "A-2")]})
    Exhibitor.objects.filter(name_ko="간이").update(state=state, state_reason="비밀 사정")

    page = opened(client, "A-1")

    assert (here(page), before(page)) == ([], [])
    assert [word for word in ("숨은이", "간이", "비밀") if word in page] == []


def test_the_booth_of_a_hidden_edition_is_for_organisers_alone(client: Client) -> None:
    booth = make_booth(make_hall(make_edition(is_public=False)), "A-1")
    stranger, organiser = Client(), Client()
    stranger.force_login(User.objects.create_user("visitor", password="not-a-real-secret-9"))
    organiser.force_login(make_organiser())

    statuses = [one.get(address(booth.number)).status_code for one in (client, stranger, organiser)]
    unknown = [one.get(address("X")).status_code for one in (client, organiser)]

    assert (statuses, unknown) == ([404, 404, 200], [404, 404])


@pytest.mark.parametrize(
    ("number", "asked"),
    [
        ("A-12", "a-12"),
        ("A-12", "a12"),
        ("A-12", "A-012"),
        ("A-12", "Ａ－１２"),
        ("A-12", "A 12"),
        ("A-012", "A12"),
        ("가-12", "가12"),
        ("A 1/2", "a 1/2"),
        ("A 1/2", "A12"),
        ("100%", "100"),
        ("7", "007"),
    ],
)
def test_a_number_is_matched_forgivingly_and_leads_to_the_one_address(
    client: Client, hall: Hall, number: str, asked: str
) -> None:
    make_booth(hall, number)
    make_booth(hall, "Z-99")

    response = client.get(address(asked))

    assert response.status_code == 302
    assert unquote(response["Location"]) == f"/en/2024/b/innovation/{number}/"
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("number", ["A-12", "가-12", "A 1/2", "100%", "#3", "?", "A&B", "ㅁ·ㅂ", "A+1", "-"])
def test_an_odd_number_has_an_address_of_its_own(client: Client, edition: Edition, hall: Hall, number: str) -> None:
    make_exhibitor(edition, "에바", booths=[make_booth(hall, number)])

    page = client.get(f"/en/2024/exhibitors/{Exhibitor.objects.get().slug}/").content.decode()
    link = re.search(r'<a class="place__booth" href="([^"]+)">', page)

    assert link
    assert here(client.get(html.unescape(link[1])).content.decode()) == ["에바"]


def test_the_exact_number_comes_before_a_similar_one(client: Client, edition: Edition, hall: Hall) -> None:
    make_exhibitor(edition, "하나", booths=[make_booth(hall, "A-12")])
    make_exhibitor(edition, "둘", booths=[make_booth(hall, "A-1-2")])

    assert [here(opened(client, number)) for number in ("A-12", "A-1-2")] == [["하나"], ["둘"]]


def test_a_number_that_may_mean_two_booths_offers_both(client: Client, hall: Hall) -> None:
    make_booth(hall, "A-12")
    make_booth(hall, "A-1-2")

    response = client.get(address("a12"))

    links = re.findall(r'class="button button--quiet" href="(/en/2024/b/[^"]+)"', response.content.decode())
    assert (response.status_code, sorted(links)) == (404, [address("A-1-2"), address("A-12")])


def test_the_halls_code_is_read_in_any_case(client: Client, hall: Hall) -> None:
    make_booth(hall, "A-1")

    assert client.get(address("A-1", "INNOVATION"))["Location"] == address("A-1")


def test_an_unknown_booth_leads_to_its_hall(client: Client, hall: Hall) -> None:
    make_booth(hall, "A-1")
    make_booth(hall, "")

    response = client.get(address("Q-1"))

    assert response.status_code == 404
    assert '<a class="button" href="/en/2024/halls/innovation/">Innovation Hall</a>' in response.content.decode()
    assert "Innovation Hall has no booth Q-1." in text(response.content.decode())


@pytest.mark.parametrize("number", ["%00", "%0a", "…", " ", "/", "9" * 300, "%F0%9F%8D%A3", "<script>"])
def test_bogus_numbers_are_not_found(client: Client, hall: Hall, number: str) -> None:
    make_booth(hall, "A-1")

    response = client.get(f"/en/2024/b/innovation/{number}/")

    assert response.status_code == 404
    assert "<script>" not in response.content.decode()


def test_an_unknown_hall_and_a_booth_of_another_edition_are_not_found(client: Client, hall: Hall) -> None:
    make_booth(make_hall(make_edition("2023"), "old"), "A-1")

    assert [client.get(address("A-1", code)).status_code for code in ("nowhere", "old", "innovation")] == [404] * 3


# After a renumbering


def rename(booth: Booth, number: str) -> None:
    booth.number = number
    parts.save(booth)


def test_an_old_number_leads_to_the_booth_as_it_is_called_now(client: Client, edition: Edition, hall: Hall) -> None:
    booth = make_booth(hall, "A-1")
    parts.save(booth)
    make_exhibitor(edition, "에바", booths=[booth])
    rename(booth, "C-5")

    answers = [client.get(address(asked)) for asked in ("A-1", "a01")]
    page = opened(client, "C-5")

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, address("C-5"))] * 2
    assert (here(page), notices(page)) == (["에바"], ["This booth was called A-1 until …."])


def test_a_number_that_another_booth_has_now_leads_there_with_a_hint(
    client: Client, edition: Edition, hall: Hall
) -> None:
    first, second = make_booth(hall, "A-1"), make_booth(hall, "A-2")
    for booth in (first, second):
        parts.save(booth)
    make_exhibitor(edition, "하나", booths=[first])
    make_exhibitor(edition, "둘", booths=[second])
    rename(first, "A-3")
    rename(second, "A-1")

    page = opened(client, "A-1")

    assert here(page) == ["둘"]
    assert notices(page) == [
        "This booth was called A-2 until ….",
        "Until … another booth had this number. It is now called: A-3",
    ]
    assert f'href="{address("A-3")}"' in page


def test_renumbered_together_every_old_number_is_explained(client: Client, hall: Hall) -> None:
    pks = [make_booth(hall, number).pk for number in ("A-1", "A-2")]
    with history.recording(Action.EDIT):
        history.add(Booth.objects.all())
    preview = renumbering.preview(pks, Shift(1))
    renumbering.renumber(pks, Shift(1), fingerprint=preview.fingerprint)

    assert client.get(address("A-1"))["Location"] == address("A-2")
    assert notices(opened(client, "A-2")) == [
        "This booth was called A-1 until ….",
        "Until … another booth had this number. It is now called: A-3",
    ]
    assert notices(opened(client, "A-3")) == ["This booth was called A-2 until …."]


def test_a_booth_that_is_gone_is_led_to_no_more(client: Client, hall: Hall) -> None:
    booth = make_booth(hall, "A-1")
    parts.save(booth)
    rename(booth, "A-2")
    booth.delete()

    assert client.get(address("A-1")).status_code == 404


# What it costs, and who leads there


def test_a_card_on_a_halls_page_leads_to_the_booth_and_one_in_the_list_does_not(
    client: Client, edition: Edition, hall: Hall
) -> None:
    make_exhibitor(edition, booths=[make_booth(hall, "A-1"), make_booth(hall, "")])

    pages = [client.get(f"/en/2024/{one}/").content.decode() for one in ("halls/innovation", "exhibitors")]

    assert [re.findall(r'href="(/en/2024/b/[^"]+)"', page) for page in pages] == [[address("A-1")], []]


@pytest.mark.parametrize("count", [1, 30])
def test_the_number_of_queries_does_not_grow(client: Client, edition: Edition, hall: Hall, count: int) -> None:
    booth, other = make_booth(hall, "A-1"), make_booth(hall, "A-2")
    for _ in range(count):
        make_exhibitor(edition, booths=[booth])
        booths.assign({make_exhibitor(edition, booths=[booth]): [other]})

    with CaptureQueriesContext(connection) as captured:
        page = opened(client, "A-1")

    assert (len(here(page)), len(before(page))) == (count, count)
    assert len(captured) == 12


def test_only_reading_is_allowed(client: Client, hall: Hall) -> None:
    make_booth(hall, "A-1")

    assert client.post(address("A-1")).status_code == 405
