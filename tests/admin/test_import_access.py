"""Who may import, who may only read what was imported, and who sees nothing."""

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from exhibitors.models import Edition, Exhibitor, ImportRun
from tests.admin.import_steps import LIST, apply, choose, names, page_of, upload
from tests.admin.pages import address, list_of
from tests.domain.importing.spreadsheets import as_csv
from tests.factories import make_edition, make_exhibitor, make_hall, make_import_run, make_industry

pytestmark = pytest.mark.django_db

UPLOAD = address(ImportRun, "add")


def every_step(browser: Client, run: ImportRun, edition: Edition) -> list[int]:
    token = {"token": run.fingerprint}
    answers = [
        browser.get(UPLOAD),
        browser.post(UPLOAD, {"edition": edition.pk, "file": SimpleUploadedFile("x.csv", as_csv(LIST))}),
        browser.get(address(ImportRun, "columns", run.pk)),
        browser.post(address(ImportRun, "columns", run.pk), {"sheet": 0, "row": 1, "column-1": "name_ko"}),
        browser.get(address(ImportRun, "preview", run.pk)),
        browser.post(address(ImportRun, "preview", run.pk)),
        browser.post(address(ImportRun, "apply", run.pk), token),
        browser.post(address(ImportRun, "abandon", run.pk)),
        browser.get(address(ImportRun, "file", run.pk)),
    ]
    return [answer.status_code for answer in answers]


def previewed_run(desk: Client, edition: Edition) -> ImportRun:
    return ImportRun.objects.get(
        pk=choose(desk, upload(desk, edition, as_csv(LIST)), creates_missing="on").context["run"].pk
    )


def test_strangers_reach_nothing(desk: Client, client: Client, stranger: Client) -> None:
    edition = make_edition()
    run = previewed_run(desk, edition)

    for browser in (client, stranger):
        assert every_step(browser, run, edition) == [302] * 9
        assert browser.get(list_of(ImportRun)).status_code == 302
        assert browser.get(address(ImportRun, "change", run.pk)).status_code == 302
    assert (names(), ImportRun.objects.count(), ImportRun.objects.get().state) == ([], 1, "previewed")


def test_readers_see_the_runs_and_their_results_and_press_nothing(desk: Client, reader: Client) -> None:
    edition = make_edition()
    run = previewed_run(desk, edition)

    steps = every_step(reader, run, edition)
    opened = page_of(reader.get(address(ImportRun, "change", run.pk)))
    make_exhibitor(edition, "산청")
    apply(desk, desk.get(address(ImportRun, "preview", run.pk)))
    result = page_of(reader.get(address(ImportRun, "change", run.pk), {"section": "missing"}))

    assert steps == [403] * 9
    assert [text in opened for text in ("Nothing was imported yet.", "Go on with", "Abandon", "Download")] == [
        True,
        False,
        False,
        False,
    ]
    assert [text in result for text in ("산청", "/withdraw/", "Download")] == [True, False, False]
    assert "Import a spreadsheet" not in page_of(reader.get(list_of(ImportRun))) + page_of(
        reader.get(list_of(Exhibitor))
    )
    assert "Import a spreadsheet" not in page_of(reader.get(address(Edition, "change", edition.pk)))


def test_editors_import_into_an_edition_but_make_none(desk: Client) -> None:
    edition = make_edition()
    make_hall(edition, name_ko="혁신관")
    make_industry(edition, name_ko="기계설비")
    editor = Client(headers={"accept-language": "en"})
    user = User.objects.create_user("editor", password="not-a-real-secret-9", is_staff=True)
    grant(user, "add_exhibitor", "change_exhibitor", "add_booth")
    editor.force_login(user)

    refused = upload(editor, None, as_csv(LIST), new_slug="2030")
    result = apply(editor, choose(editor, upload(editor, edition, as_csv(LIST)), creates_missing="on"))

    assert refused.context["form"].errors == {"edition": ["This field is required."]}
    assert (names(), result.context["run"].applied_by) == (["백제", "에바", "한서"], user)


@pytest.mark.parametrize("right", ["add_exhibitor", "change_exhibitor"])
def test_one_of_the_two_rights_is_not_enough(desk: Client, right: str) -> None:
    edition = make_edition()
    run = previewed_run(desk, edition)
    half = Client()
    user = User.objects.create_user("half", password="not-a-real-secret-9", is_staff=True)
    grant(user, right)
    half.force_login(user)

    assert every_step(half, run, edition) == [403] * 9
    assert half.get(list_of(ImportRun)).status_code == 403


def test_every_post_needs_its_token_against_forgery(desk: Client, organiser: User) -> None:
    edition = make_edition()
    run = previewed_run(desk, edition)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(organiser)

    answers = every_step(strict, run, edition)

    assert answers == [200, 403, 200, 403, 200, 403, 403, 403, 200]
    assert (names(), ImportRun.objects.get().state) == ([], "previewed")


def test_no_form_changes_or_deletes_a_run(desk: Client) -> None:
    run = make_import_run(make_edition())

    assert desk.post(address(ImportRun, "change", run.pk), {"file_name": "x"}).status_code == 403
    assert desk.post(address(ImportRun, "delete", run.pk), {"post": "yes"}).status_code == 403
    assert ImportRun.objects.get().file_name == "list.csv"


def grant(user: User, *rights: str) -> None:
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
