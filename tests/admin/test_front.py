"""The desk's front page: what an organiser needs now, of one edition, for those who may see it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from exhibitors.domain import exhibitors
from exhibitors.models import Edition, Exhibitor, ImportRun, Synonym, VainSearch
from tests.admin.pages import address
from tests.factories import make_account, make_edition, make_exhibitor, make_import_run

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}


def front(client: Client, query: str = "") -> str:
    response = client.get(reverse("admin:index") + query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def missed(edition: Edition, query: str, count: int, *, days_ago: int = 0) -> None:
    day = timezone.localdate() - timedelta(days=days_ago)
    VainSearch.objects.create(edition=edition, searched_on=day, query=query, count=count)


def test_it_says_how_many_are_public_and_leads_on(desk: Client) -> None:
    edition = make_edition(name_en="Expo 2024", is_current=True)
    make_exhibitor(edition, "도담커피")
    make_exhibitor(edition, "나래로봇", state="draft")

    page = front(desk)

    assert "<strong>1</strong> of 2 exhibitors are public" in page
    assert 'front__mark">public</span>' in page
    for link in (
        f"{address(Exhibitor, 'changelist')}?edition={edition.pk}",
        address(Edition, "change", edition.pk),
        f"{address(Edition, 'preflight', edition.pk)}?check=not-public",
        reverse("print_booths", args=["2024"]),
    ):
        assert f'href="{link}' in page


def test_it_is_about_the_current_edition_unless_another_is_asked_for(desk: Client) -> None:
    newest = make_edition("2025", name_en="Expo 2025")
    make_edition("2024", name_en="Expo 2024", is_current=True)

    usual, asked, bogus = front(desk), front(desk, f"?edition={newest.pk}"), front(desk, "?edition=x")

    assert [page.partition('id="front-edition">')[2][:9] for page in (usual, asked, bogus)] == [
        "Expo 2024",
        "Expo 2025",
        "Expo 2024",
    ]
    assert f'<a href="?edition={newest.pk}">Expo 2025</a>' in usual


def test_findings_of_pre_flight_are_counted(desk: Client) -> None:
    edition = make_edition()
    make_exhibitor(edition, "도담커피")
    page = front(desk)
    counted = page.partition('id="front-preflight"')[2].partition("</section>")[0]
    assert 'Without logo</a> <span class="quiet">1</span>' in counted


def test_searches_without_result_of_the_last_days_make_synonyms(desk: Client) -> None:
    edition = make_edition()
    missed(edition, "국수", 3)
    missed(edition, "국수", 2, days_ago=1)
    missed(edition, "우동", 4)
    missed(edition, "옛말", 9, days_ago=40)
    missed(make_edition("2023"), "딴 회차", 9)

    page = front(desk, f"?edition={edition.pk}")
    part = page.partition('id="front-missed"')[2].partition("</section>")[0]

    assert part.index('국수 <span class="quiet">5</span>') < part.index('우동 <span class="quiet">4</span>')
    assert "옛말" not in part
    assert "딴 회차" not in part
    assert f"{address(Synonym, 'add')}?edition={edition.pk}&amp;one=%EA%B5%AD%EC%88%98" in part


def test_imports_and_changes_are_told_with_who(desk: Client, organiser: User) -> None:
    edition = make_edition()
    run = make_import_run(edition, file_name="명단.csv", by=organiser)
    exhibitor = make_exhibitor(edition, "도담커피")
    exhibitors.withdraw(Exhibitor.objects.filter(pk=exhibitor.pk), reason="사정")

    page = front(desk)

    assert f'<a href="{address(ImportRun, "change", run.pk)}">명단.csv</a><br>uploaded' in page
    recent = page.partition('id="front-recent"')[2]
    assert recent.index("Withdrawn") < recent.index("Edited")
    assert "<strong>도담커피</strong>" in recent


def test_without_an_edition_it_leads_to_making_one(desk: Client) -> None:
    page = front(desk)
    assert "There is no edition yet." in page
    assert f'href="{address(Edition, "add")}"' in page


def test_names_are_text(desk: Client) -> None:
    edition = make_edition(name_ko="<b>엑스포</b>", name_en="<b>Expo</b>")
    missed(edition, "<script>alert(1)</script>", 1)
    page = front(desk)
    assert "<b>Expo" not in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("role", "sees"),
    [("reader", ["front-preflight", "front-missed", "front-imports", "front-recent"]), ("editor", ["front-imports"])],
)
def test_each_role_sees_what_it_may(role: str, sees: list[str]) -> None:
    make_edition()
    client = Client(headers=ENGLISH)
    client.force_login(make_account(role, role))
    page = front(client)
    assert [part for part in sees if f'id="{part}"' in page] == sees
    assert ("Import a spreadsheet" in page) == (role == "editor")


def test_names_of_exhibitors_are_for_who_may_see_exhibitors() -> None:
    make_exhibitor(make_edition(), "초안업체", state="draft")
    user = User.objects.create_user("guide", password="not-a-real-secret-9", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_edition"))
    client = Client(headers=ENGLISH)
    client.force_login(user)
    edition = Edition.objects.get()

    assert "front__edition" in front(client)
    assert "초안업체" not in front(client)
    assert "exhibitors are public" not in front(client)
    assert client.get(address(Edition, "preflight", edition.pk)).status_code == 403


def test_who_may_see_no_edition_sees_the_lists_alone(db: None) -> None:
    make_edition()
    client = Client(headers=ENGLISH)
    client.force_login(User.objects.create_user("guest", password="not-a-real-secret-9", is_staff=True))
    assert "front__edition" not in front(client)


def test_it_costs_the_same_for_few_and_for_many(desk: Client) -> None:
    edition = make_edition()
    costs = []
    for number in range(30):
        make_exhibitor(edition)
        missed(edition, f"없는말{number}", 1)
        make_import_run(edition)
        if number in (1, 29):
            with CaptureQueriesContext(connection) as captured:
                front(desk)
            costs.append(len(captured))
    assert costs == [17, 17]
