"""Taking an import back at the desk: asked first, told what is in the way, for those who may."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from exhibitors.domain import exhibitors as verbs
from exhibitors.domain import parts
from exhibitors.models import Booth, Exhibitor, Hall, ImportRun
from tests.admin.import_steps import LIST, apply, choose, names, page_of, upload
from tests.admin.pages import address, told
from tests.domain.importing.spreadsheets import as_csv
from tests.factories import make_account, make_booth, make_edition, make_exhibitor, make_hall

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}


def imported(desk: Client) -> ImportRun:
    edition = make_edition()
    make_exhibitor(edition, "백제", region="경기도")
    make_exhibitor(edition, "한서")
    apply(desk, choose(desk, upload(desk, edition, as_csv(LIST)), creates_missing="on"))
    return ImportRun.objects.get()


def test_an_import_is_undone_after_a_question(desk: Client, organiser: User) -> None:
    run = imported(desk)
    result = page_of(desk.get(address(ImportRun, "change", run.pk)))
    question = page_of(desk.get(address(ImportRun, "undo", run.pk)))
    still = names()

    answer = desk.post(address(ImportRun, "undo", run.pk), follow=True)

    assert address(ImportRun, "undo", run.pk) in result
    assert "1 exhibitor becomes what it was before." in question
    assert "1 exhibitor that came with this file is deleted." in question
    assert (still, names()) == (["백제", "에바", "한서"], ["백제", "한서"])
    assert Exhibitor.objects.get(name_ko="백제").region == "경기도"
    assert told(answer) == ["“list.csv” was undone."]
    assert "This import was undone." in page_of(answer)
    assert address(ImportRun, "undo", run.pk) not in page_of(answer)
    run.refresh_from_db()
    assert (run.state, run.undone_by) == ("undone", organiser)


def test_what_was_changed_since_is_listed_with_links_to_its_history(desk: Client) -> None:
    run = imported(desk)
    changed, gone = Exhibitor.objects.get(name_ko="백제"), Exhibitor.objects.get(name_ko="에바")
    verbs.withdraw(Exhibitor.objects.filter(pk=changed.pk), reason="사정")
    verbs.delete([gone])

    question = page_of(desk.get(address(ImportRun, "undo", run.pk)))
    answer = desk.post(address(ImportRun, "undo", run.pk), follow=True)

    assert "This import cannot be undone any more: 2 exhibitors were changed since." in question
    assert f'<a href="{address(Exhibitor, "history", changed.pk)}">백제</a> – Withdrawn, ' in question
    assert "<li>에바 – Deleted, " in question
    assert "<form" not in question.partition('id="content-main"')[2].partition("</main>")[0]
    assert told(answer) == ["Some of what this import wrote was changed since. Nothing was undone."]
    assert (names(), ImportRun.objects.get().state) == (["백제", "한서"], "applied")


def test_the_second_of_two_is_told_that_it_is_undone(desk: Client) -> None:
    run = imported(desk)
    desk.post(address(ImportRun, "undo", run.pk), follow=True)
    again = desk.post(address(ImportRun, "undo", run.pk), follow=True)
    assert told(again) == ["There is nothing of this import to undo."]
    assert desk.get(address(ImportRun, "undo", run.pk)).status_code == 302


def test_an_undone_run_cannot_be_gone_on_with(desk: Client) -> None:
    run = imported(desk)
    desk.post(address(ImportRun, "undo", run.pk), follow=True)
    for step in ("apply", "abandon"):
        answer = desk.post(address(ImportRun, step, run.pk), follow=True)
        assert told(answer) == ["This import was undone. Upload the file again to import it once more."]


def test_an_editor_undoes_without_deleting_halls_and_industries(desk: Client) -> None:
    run = imported(desk)
    editor = Client(headers=ENGLISH)
    editor.force_login(make_account("editor", "editor"))

    editor.post(address(ImportRun, "undo", run.pk))

    assert (names(), Hall.objects.count(), Booth.objects.count()) == (["백제", "한서"], 1, 0)


def test_what_could_not_come_back_is_told(desk: Client) -> None:
    edition = make_edition()
    hall = make_hall(edition)
    old = make_booth(hall, "B-9")
    make_booth(hall, "A-1")
    make_exhibitor(edition, "에바", booths=[old])
    rows = [["회사명", "전시관", "부스"], ["에바", "혁신관", "A-1"]]
    apply(desk, choose(desk, upload(desk, edition, as_csv(rows))))
    parts.delete(old)

    answer = desk.post(address(ImportRun, "undo", ImportRun.objects.get().pk), follow=True)

    assert told(answer) == ["“list.csv” was undone.", "1 booths that were assigned are deleted."]


def test_undoing_deletes_so_it_takes_the_right_to_delete(desk: Client, stranger: Client) -> None:
    run = imported(desk)
    clients = []
    for role in ("reader", "editor"):
        client = Client(headers=ENGLISH)
        client.force_login(make_account(role, role))
        clients.append(client)
    page = address(ImportRun, "undo", run.pk)

    assert [client.get(page).status_code for client in (stranger, *clients)] == [302, 403, 200]
    assert clients[0].post(page).status_code == 403
    assert stranger.post(page).status_code == 302
    assert "에바" in names()
    clients[1].post(page)
    assert "에바" not in names()
