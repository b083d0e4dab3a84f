"""The pre-flight page: what it shows, how much of it, who may mark what as intended, and where the links lead."""

import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exhibitors.domain import preflight
from exhibitors.domain.preflight import Check
from exhibitors.models import Booth, Edition, Exhibitor, PreflightMark
from tests.admin.pages import address, form_of, list_of, submit, told
from tests.admin.test_policy import blocked
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_industry

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make_edition(is_current=True)


def page_of(edition: Edition, query: str = "") -> str:
    return f"{address(Edition, 'preflight', edition.pk)}{query}"


def section(answer: Any, check: Check) -> Any:
    return next((each for each in answer.context["shelf"].sections if each.check == check), None)


def shown(answer: Any, check: Check) -> list[str]:
    return [line.finding.sentence for line in section(answer, check).lines]


def share(edition: Edition) -> tuple[Booth, list[Exhibitor]]:
    booth = make_booth(make_hall(edition, name_en="Innovation"), "A-01")
    return booth, [make_exhibitor(edition, name, booths=[booth]) for name in ("가", "나")]


def intend(browser: Client, edition: Edition, check: Check, /, **values: Any) -> Any:
    return browser.post(address(Edition, "intend", edition.pk), {"check": check.value, **values}, follow=True)


def key_of(edition: Edition, check: Check) -> str:
    return next(group.open[0].key for group in preflight.report(edition).groups if group.check == check)


# What it shows


def test_the_head_tells_how_many_are_public_and_the_first_group_why_not_all(desk: Client, edition: Edition) -> None:
    make_exhibitor(edition, "가")
    make_exhibitor(edition, "나", state="draft", state_reason="로고 대기")

    answer = desk.get(page_of(edition))

    assert "1 of 2 public" in answer.content.decode()
    assert shown(answer, Check.NOT_PUBLIC) == ["나 is a draft: 로고 대기"]
    counts = answer.context["counts"]
    assert (counts.open, counts.notes, counts.intended) == (4, 1, 0)


def test_each_finding_leads_to_its_repair_at_the_field(desk: Client, edition: Edition) -> None:
    _booth, (first, second) = share(edition)
    empty = make_hall(edition, "export", "수출관", name_en="Export")

    answer = desk.get(page_of(edition))

    (line,) = section(answer, Check.BOOTH_SHARED).lines
    assert [(link.label, link.address) for link in line.links] == [
        ("가 · Booths", f"{form_of(first)}#id_booth_list"),
        ("나 · Booths", f"{form_of(second)}#id_booth_list"),
    ]
    (line,) = section(answer, Check.HALL_EMPTY).lines
    assert [(link.label, link.address) for link in line.links] == [
        ("Export", form_of(empty)),
        ("Add booth", f"{address(Booth, 'add')}?edition={edition.pk}&hall={empty.pk}"),
    ]


def test_the_fields_that_links_name_are_on_the_forms_they_lead_to(desk: Client, edition: Edition) -> None:
    share(edition)
    make_exhibitor(edition, "", name_en="Wrong", homepage="http://www.", phone="?", email="x@example.com")
    make_booth(make_hall(edition, "export", "다" * 20), "")

    answer = desk.get(page_of(edition))

    links = [link.address for each in answer.context["shelf"].sections for line in each.lines for link in line.links]
    forms = {tuple(link.split("#id_")) for link in links if "#" in link}
    assert len(forms) > 10
    assert [form for form in forms if f'id="id_{form[1]}"' not in desk.get(form[0]).content.decode()] == []


def test_the_order_is_that_of_the_names_however_often_one_looks(desk: Client, edition: Edition) -> None:
    for name in ("다", "가", "나"):
        make_exhibitor(edition, name)

    answers = [desk.get(page_of(edition)) for _ in range(2)]

    assert [shown(answer, Check.LOGO_MISSING) for answer in answers] == [
        ["가 has no logo.", "나 has no logo.", "다 has no logo."]
    ] * 2


def test_a_long_group_is_folded_and_cut_so_that_the_short_ones_are_seen(desk: Client, edition: Edition) -> None:
    share(edition)
    for _ in range(30):
        make_exhibitor(edition)

    answer = desk.get(page_of(edition))

    logos, shared = section(answer, Check.LOGO_MISSING), section(answer, Check.BOOTH_SHARED)
    assert (len(logos.lines), logos.open_total, logos.is_unfolded) == (20, 32, False)
    assert (len(shared.lines), shared.open_total, shared.is_unfolded) == (1, 1, True)
    page = answer.content.decode()
    assert '<details class="preflight__check" id="check-booth-shared" open>' in page
    assert '<details class="preflight__check" id="check-logo-missing">' in page
    assert f'<a href="{page_of(edition, "?check=logo-missing")}">Show all 32</a>' in page


def test_one_check_is_shown_whole_a_page_at_a_time(desk: Client, edition: Edition) -> None:
    for _ in range(130):
        make_exhibitor(edition)

    first = desk.get(page_of(edition, "?check=logo-missing"))
    second = desk.get(first.context["shelf"].later)

    assert [each.check for each in first.context["shelf"].sections] == [Check.LOGO_MISSING]
    assert (len(shown(first, Check.LOGO_MISSING)), len(shown(second, Check.LOGO_MISSING))) == (100, 30)
    assert first.context["shelf"].earlier == ""
    assert second.context["shelf"].earlier == page_of(edition, "?check=logo-missing&page=1")
    assert second.context["shelf"].later == ""


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "\x00", "9" * 40])
def test_a_bogus_page_is_the_nearest_one(desk: Client, edition: Edition, page: str) -> None:
    make_exhibitor(edition, "가")

    answer = desk.get(page_of(edition), {"check": "logo-missing", "page": page})

    assert shown(answer, Check.LOGO_MISSING) == ["가 has no logo."]


@pytest.mark.parametrize("check", ["nonsense", "LOGO_MISSING", "\x00", "'"])
def test_an_unknown_check_says_so_and_shows_nothing(desk: Client, edition: Edition, check: str) -> None:
    make_exhibitor(edition, "가")

    answer = desk.get(page_of(edition), {"check": check})

    assert answer.context["shelf"].sections == []
    assert "There is no such check. Choose one from the list." in answer.content.decode()


def test_a_check_that_finds_nothing_says_so_and_the_page_names_all_such_checks(desk: Client, edition: Edition) -> None:
    make_exhibitor(edition, "가")

    assert "Nothing to look at." in desk.get(page_of(edition, "?check=booth-shared")).content.decode()
    clean = desk.get(page_of(edition)).context["clean"]
    assert (Check.BOOTH_SHARED in clean, Check.LOGO_MISSING in clean) == (True, False)


def test_nothing_is_inline_and_markup_in_names_is_text(desk: Client, edition: Edition) -> None:
    for name in ("<script>alert(1)</script>", '"><img src=x onerror=alert(2)>'):
        make_exhibitor(edition, name, state="draft", state_reason="<b onclick=x>")
    intend(desk, edition, Check.NOT_PUBLIC, key=key_of(edition, Check.NOT_PUBLIC), reason="<script>alert(3)</script>")

    pages = [page_of(edition), page_of(edition, "?check=not-public"), page_of(edition, "?check=not-public&intended=1")]

    assert [blocked(desk.get(page).content.decode()) for page in pages] == [[]] * 3


def test_the_edition_leads_there_from_its_list_and_its_form(desk: Client, edition: Edition) -> None:
    assert page_of(edition) in desk.get(list_of(Edition)).content.decode()
    assert page_of(edition) in desk.get(form_of(edition)).content.decode()
    assert "/preflight/" not in desk.get(address(Edition, "add")).content.decode()


def test_the_page_costs_the_same_for_one_row_and_for_thirty(desk: Client, edition: Edition) -> None:
    hall, industry = make_hall(edition), make_industry(edition)

    def make(number: int) -> None:
        make_exhibitor(edition, "같은 이름", booths=[make_booth(hall, f"A-{number}")], industries=[industry])

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(page_of(edition)).status_code == 200
        return len(captured)

    make(1)
    for_one = queries()
    for number in range(2, 31):
        make(number)

    assert (for_one, queries()) == (13, 13)  # ten of the report, the session, the organiser, the edition


# Intended


def test_a_finding_is_marked_with_a_reason_and_folded_away_with_it(
    desk: Client, edition: Edition, organiser: User
) -> None:
    share(edition)

    answer = intend(
        desk, edition, Check.BOOTH_SHARED, key=key_of(edition, Check.BOOTH_SHARED), reason="공동관", only="1"
    )

    assert told(answer) == ["1 finding is marked as intended."]
    assert answer.redirect_chain == [(page_of(edition, "?check=booth-shared&page=1#check-booth-shared"), 302)]
    assert shown(answer, Check.BOOTH_SHARED) == []
    (line,) = section(answer, Check.BOOTH_SHARED).intended
    assert (line.mark.reason, line.mark.marked_by) == ("공동관", organiser)
    page = answer.content.decode()
    assert re.search(r'<details class="preflight__intended">.*“공동관” \(organiser, ', page, re.DOTALL)
    entry = LogEntry.objects.get(object_id=str(edition.pk))
    assert entry.get_change_message() == "Intended (Booth shared): 공동관"


def test_the_form_on_the_page_is_the_one_that_marks(desk: Client, edition: Edition) -> None:
    share(edition)

    page = desk.get(page_of(edition)).content.decode()

    assert f'action="{address(Edition, "intend", edition.pk)}"' in page
    assert f'name="key" value="{key_of(edition, Check.BOOTH_SHARED)}"' in page
    assert 'name="csrfmiddlewaretoken"' in page


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"reason": "  "}, "Say why this is intended."),
        ({}, "Say why this is intended."),
        ({"reason": "x", "key": "gone"}, "This finding is no longer open. Look at the page again."),
        ({"reason": "x", "key": "\x00"}, "This finding is no longer open. Look at the page again."),
        ({"reason": "x", "check": "nonsense"}, "There is no such check. Choose one from the list."),
        ({"reason": "x", "seen": "old"}, "The findings have changed meanwhile. Look at the page again."),
    ],
)
def test_what_cannot_be_marked_is_refused_with_a_sentence(
    desk: Client, edition: Edition, values: dict[str, str], message: str
) -> None:
    share(edition)

    answer = intend(desk, edition, Check.BOOTH_SHARED, **{"key": key_of(edition, Check.BOOTH_SHARED), **values})

    assert told(answer) == [message]
    assert (PreflightMark.objects.count(), LogEntry.objects.count()) == (0, 0)


def test_all_of_a_check_are_marked_at_once(desk: Client, edition: Edition) -> None:
    for _ in range(25):
        make_exhibitor(edition)
    seen = section(desk.get(page_of(edition)), Check.LOGO_MISSING).seen

    answer = intend(desk, edition, Check.LOGO_MISSING, seen=seen, reason="올해는 로고 없음")

    assert told(answer) == ["25 findings are marked as intended."]
    logos = section(answer, Check.LOGO_MISSING)
    assert (logos.open_total, logos.intended_total, len(logos.intended)) == (0, 25, 20)
    whole = desk.get(logos.intended_address)
    assert len(section(whole, Check.LOGO_MISSING).intended) == 25


def test_a_mark_is_taken_back(desk: Client, edition: Edition) -> None:
    share(edition)
    intend(desk, edition, Check.BOOTH_SHARED, key=key_of(edition, Check.BOOTH_SHARED), reason="공동관")
    mark = PreflightMark.objects.get()
    reopen = address(Edition, "reopen", edition.pk)

    answer = desk.post(reopen, {"mark": mark.pk}, follow=True)
    again = desk.post(reopen, {"mark": mark.pk}, follow=True)

    assert told(answer) == ["The finding is open again."]
    assert len(shown(answer, Check.BOOTH_SHARED)) == 1
    assert told(again) == ["This finding is open again already."]
    assert LogEntry.objects.latest("pk").get_change_message() == "Not intended after all (Booth shared): 공동관"


@pytest.mark.parametrize("mark", ["", "x", "0", "9" * 40, "\x00"])
def test_a_bogus_mark_is_refused(desk: Client, edition: Edition, mark: str) -> None:
    answer = desk.post(address(Edition, "reopen", edition.pk), {"mark": mark}, follow=True)

    assert told(answer) == ["This finding is open again already."]


# Who may


def test_an_edition_that_is_not_there_is_not_found(desk: Client) -> None:
    for pk in (99, 10**30):
        assert desk.get(f"/admin/exhibitors/edition/{pk}/preflight/").status_code == 404
        assert desk.post(f"/admin/exhibitors/edition/{pk}/preflight/intend/").status_code == 404


def test_looking_is_no_writing_and_writing_no_looking(desk: Client, edition: Edition) -> None:
    share(edition)

    assert desk.post(page_of(edition)).status_code == 405
    assert desk.get(address(Edition, "intend", edition.pk)).status_code == 405
    assert desk.get(address(Edition, "reopen", edition.pk)).status_code == 405


def test_strangers_are_sent_to_the_sign_in_page(client: Client, stranger: Client, edition: Edition) -> None:
    share(edition)
    key = key_of(edition, Check.BOOTH_SHARED)

    for browser in (client, stranger):
        answers = [
            browser.get(page_of(edition)),
            browser.post(address(Edition, "intend", edition.pk), {"check": "booth-shared", "key": key, "reason": "x"}),
            browser.post(address(Edition, "reopen", edition.pk), {"mark": 1}),
        ]
        assert [answer.status_code for answer in answers] == [302] * 3
        assert {answer["Location"].split("?")[0] for answer in answers} == {reverse("admin:login")}
    assert PreflightMark.objects.count() == 0


def test_a_reader_reads_and_has_nothing_to_press(desk: Client, reader: Client, edition: Edition) -> None:
    share(edition)
    key = key_of(edition, Check.BOOTH_SHARED)
    intend(desk, edition, Check.BOOTH_SHARED, key=key, reason="공동관")
    mark = PreflightMark.objects.get()
    logo = {"check": "logo-missing", "key": key_of(edition, Check.LOGO_MISSING), "reason": "x"}

    page = reader.get(page_of(edition)).content.decode()

    assert "공동관" in page
    assert [text in page for text in ("Mark as intended", "Not intended after all", "/intend/")] == [False] * 3
    assert reader.post(address(Edition, "intend", edition.pk), logo).status_code == 403
    assert reader.post(address(Edition, "reopen", edition.pk), {"mark": mark.pk}).status_code == 403
    assert PreflightMark.objects.count() == 1


def test_who_may_see_editions_and_exhibitors_gets_no_links_to_what_else_there_is(
    reader: Client, edition: Edition
) -> None:
    share(edition)
    make_hall(edition, "export", "수출관")
    user = User.objects.get(username="reader")
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_edition", "view_exhibitor"]))

    answer = reader.get(page_of(edition))

    links = [link.address for each in answer.context["shelf"].sections for line in each.lines for link in line.links]
    elsewhere = [link for link in links if link and not link.startswith(list_of(Exhibitor))]
    assert (len(links) > 3, "" in links, elsewhere) == (True, True, [])
    assert "가 · Booths" in answer.content.decode()


def test_who_may_not_see_exhibitors_may_not_read_their_names_there(reader: Client, edition: Edition) -> None:
    user = User.objects.get(username="reader")
    user.user_permissions.set(Permission.objects.filter(codename="view_edition"))

    assert reader.get(page_of(edition)).status_code == 403


def test_without_the_right_to_see_editions_it_is_forbidden(reader: Client, edition: Edition) -> None:
    user = User.objects.get(username="reader")
    user.user_permissions.set(Permission.objects.filter(codename="change_exhibitor"))

    assert reader.get(page_of(edition)).status_code == 403
    assert reader.post(address(Edition, "intend", edition.pk), {"check": "logo-missing"}).status_code == 403


def test_a_post_without_the_secret_of_the_form_is_refused(edition: Edition, organiser: User) -> None:
    share(edition)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(organiser)

    answer = browser.post(
        address(Edition, "intend", edition.pk),
        {"check": "booth-shared", "key": key_of(edition, Check.BOOTH_SHARED), "reason": "x"},
    )

    assert (answer.status_code, PreflightMark.objects.count()) == (403, 0)


def test_an_exhibitor_full_of_findings_is_saved_all_the_same(desk: Client, edition: Edition) -> None:
    booth, (first, _second) = share(edition)

    answer = submit(desk, form_of(first), name_ko="나", phone="없음", booth_list=[str(booth.pk)])

    assert told(answer) != []
    first.refresh_from_db()
    assert (first.name_ko, first.phone) == ("나", "없음")
    assert shown(desk.get(page_of(edition)), Check.NAMES_ALIKE) == ["2 exhibitors are named “나”."]
