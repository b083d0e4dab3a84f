"""An import by steps: what each keeps, when it refuses, and that what was previewed is what is applied."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models.signals import pre_save
from django.utils import timezone, translation

from exhibitors.domain import exhibitors as verbs
from exhibitors.domain.errors import DomainError
from exhibitors.domain.importing import EditionChangedError, FileRefusedError, Options, runs
from exhibitors.domain.importing.choices import Choices, ColumnsRefusedError
from exhibitors.domain.importing.errors import RunClosedError, without_options
from exhibitors.models import Booth, BoothMove, Edition, Exhibitor, Hall, ImportFile, ImportRun, Industry
from tests.domain.importing.spreadsheets import Cells, as_csv, as_xlsx
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_import_run, make_organiser

pytestmark = pytest.mark.django_db

LIST: Cells = [
    ["회사명", "지역", "전시관", "부스", "업종"],
    ["에바", "경기도", "혁신관", "A-1", "기계설비"],
    ["백제", "충청남도", "", "", ""],
    ["한서", "", "", "", ""],
]
MEANINGS = {0: "name_ko", 1: "region", 2: "hall", 3: "booth", 4: "industry"}
CREATE = Options(create=True)


def chosen_run(
    edition: Edition | None, rows: Cells = LIST, options: Options = CREATE, **more: Any
) -> tuple[ImportRun, str]:
    """A run whose columns are chosen, and the token of its preview."""
    run = make_import_run(edition, as_csv(rows), **more)
    return run, runs.choose(run, Choices(0, 0, MEANINGS, options)).token


def names() -> list[str]:
    return sorted(Exhibitor.objects.values_list("name_ko", flat=True))


def stored(run: ImportRun) -> ImportRun:
    return ImportRun.objects.get(pk=run.pk)


# start


def test_a_file_is_kept_with_who_and_what_and_nothing_is_written() -> None:
    edition, organiser = make_edition(), make_organiser()
    content = as_csv(LIST, encoding="cp949")

    run = stored(make_import_run(edition, content, file_name="참가업체 2024.csv", by=organiser))

    assert (run.edition, run.edition_slug, run.started_by, run.state) == (edition, "2024", organiser, "uploaded")
    assert (run.file_name, run.size, len(run.sha256)) == ("참가업체 2024.csv", len(content), 64)
    assert runs.content_of(run) == content
    assert not Exhibitor.objects.exists()


@pytest.mark.parametrize(
    ("file_name", "kept"),
    [("", "–"), ("a\x00b\nc.csv", "ab c.csv"), ("x" * 300 + ".csv", "x" * 196 + ".csv"), (" \u202ea.csv ", "a.csv")],
)
def test_a_strange_file_name_is_made_harmless(file_name: str, kept: str) -> None:
    assert stored(make_import_run(make_edition(), file_name=file_name)).file_name == kept


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty: no sheet has a row with text."),
        (b",,\n , \n", "The file is empty: no sheet has a row with text."),
        (as_xlsx([]), "The file is empty: no sheet has a row with text."),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "This is no spreadsheet that can be read."),
        (b"x" * (10 * 1024**2 + 1), "The file is larger than 10 MB."),
        (as_csv([["회사명"], *[[f"업체{n}"] for n in range(10_001)]]), "The sheet has more than 10000 rows."),
        (as_csv([["Firma"], *[[f"업체{n}"] for n in range(10_001)]]), "The sheet has more than 10000 rows."),
    ],
    ids=["empty", "blank", "blank workbook", "picture", "large", "long", "long, headings unknown"],
)
def test_a_file_that_cannot_be_imported_is_not_even_taken_in(content: bytes, sentence: str) -> None:
    with pytest.raises(FileRefusedError) as refused:
        make_import_run(make_edition(), content)

    assert str(refused.value).startswith(sentence)
    assert (ImportRun.objects.count(), ImportFile.objects.count()) == (0, 0)


def test_ten_thousand_rows_are_taken_in() -> None:
    make_import_run(make_edition(), as_csv([["회사명"], *[[f"업체{n}"] for n in range(10_000)]]))

    assert ImportFile.objects.count() == 1


# choose


def test_what_was_chosen_is_kept_with_what_it_leads_to() -> None:
    edition = make_edition()
    make_exhibitor(edition, "백제", region="경기도")
    make_exhibitor(edition, "한서")
    make_exhibitor(edition, "산청")
    options = Options(create=True, hall="수출관", draft=True, skip_problems=True)

    run, token = chosen_run(edition, [*LIST, ["", "x", "", "", ""]], options)

    kept = stored(run)
    assert runs.choices_of(kept) == Choices(0, 0, MEANINGS, options)
    assert (kept.state, kept.fingerprint) == ("previewed", token)
    assert (kept.new_total, kept.changed_total, kept.unchanged_total) == (1, 1, 1)
    assert (kept.problem_total, kept.missing_total) == (1, 1)
    assert names() == ["백제", "산청", "한서"]


def test_another_choice_takes_the_place_of_the_first() -> None:
    run, token = chosen_run(make_edition())

    again = runs.choose(run, Choices(0, 0, {0: "name_ko"}, Options()))

    assert again.token != token
    assert runs.choices_of(stored(run)) == Choices(0, 0, {0: "name_ko"}, Options())


def test_a_sheet_of_a_workbook_is_read_as_chosen() -> None:
    run = make_import_run(
        make_edition(), as_xlsx([["회사명"], ["에바"]], [["x"], ["상호"], ["백제"]], names=["올해", "작년"])
    )

    found = runs.choose(run, Choices(1, 1, {0: "name_ko"}))

    assert [new.name for new in found.difference.new] == ["백제"]
    assert stored(run).sheet_name == "작년"


def test_an_encoding_is_read_as_chosen() -> None:
    run = make_import_run(make_edition(), "name\nGröße\n".encode("windows-1252"))

    found = runs.choose(run, Choices(0, 0, {0: "name_en"}, encoding="windows-1252"))

    assert [new.name for new in found.difference.new] == ["Größe"]
    assert runs.preview(stored(run)).token == found.token


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        (Choices(0, 0, {1: "region"}), "Say which column holds the names of the companies."),
        (Choices(3, 0, {0: "name_ko"}), "The file has no such sheet. Choose another one."),
        (Choices(0, 99, {0: "name_ko"}), "The sheet has no such row. Choose another row of headings."),
        (Choices(0, 0, {0: "name_ko"}, encoding="utf-8"), "The file is not in the encoding utf-8."),
        (
            Choices(0, 0, {0: "name_ko"}, Options(hall="없는 관")),
            "The edition has no hall '없는 관'. Correct the name, or have it created (--create).",
        ),
    ],
)
def test_a_choice_that_cannot_be_previewed_is_not_kept(choices: Choices, sentence: str) -> None:
    run = make_import_run(make_edition(), as_csv(LIST, encoding="cp949"))

    with pytest.raises(DomainError) as refused:
        runs.choose(run, choices)

    assert str(refused.value) == sentence
    assert (stored(run).state, stored(run).sheet) == ("uploaded", None)


def test_rows_with_problems_can_be_left_out_afterwards() -> None:
    run, _token = chosen_run(make_edition(), [*LIST, ["", "x", "", "", ""]])

    found = runs.leave_out_problems(run)

    assert (found.difference.may_be_applied, len(found.difference.new)) == (True, 3)
    assert runs.choices_of(stored(run)).options == Options(create=True, skip_problems=True)


# preview


def test_a_preview_before_any_choice_asks_for_it() -> None:
    with pytest.raises(ColumnsRefusedError, match="Say first what the columns mean"):
        runs.preview(make_import_run(make_edition()))


def test_a_preview_is_the_same_until_the_edition_changes() -> None:
    edition = make_edition()
    run, token = chosen_run(edition)

    same = runs.preview(run).token
    make_exhibitor(edition, "산청")
    other = runs.preview(run).token

    assert (same == token, other == token, stored(run).fingerprint) == (True, False, other)
    assert stored(run).missing_total == 1


# apply


def test_what_was_previewed_is_applied_and_recorded_with_all_that_an_undo_needs() -> None:
    edition, organiser = make_edition(), make_organiser()
    baekje, sancheong = make_exhibitor(edition, "백제", region="경기도"), make_exhibitor(edition, "산청")
    make_booth(make_hall(edition, "export", "수출관"), "Z-1")
    rows = [*LIST, ["", "x", "", "", ""]]
    run, token = chosen_run(edition, rows, Options(create=True, skip_problems=True))

    runs.apply(run, token, by=organiser)

    kept = stored(run)
    evar, hanseo = Exhibitor.objects.get(name_ko="에바"), Exhibitor.objects.get(name_ko="한서")
    baekje.refresh_from_db()
    assert (baekje.region, [str(booth) for booth in evar.booths.all()]) == ("충청남도", ["혁신관 A-1"])
    assert (kept.state, kept.applied_by, kept.applied_at is None) == ("applied", organiser, False)
    assert (kept.created, kept.changed, kept.missing) == ([evar.pk, hanseo.pk], [baekje.pk], [sancheong.pk])
    assert kept.created_halls == [Hall.objects.get(name_ko="혁신관").pk]
    assert kept.created_industries == [Industry.objects.get().pk]
    assert kept.created_booths == [Booth.objects.get(number="A-1").pk]
    assert kept.created_edition is False
    assert BoothMove.objects.get().moved_by == organiser
    assert [(problem.row, problem.message) for problem in runs.skipped_problems(kept)] == [
        (5, "The row has content but no name of a company.")
    ]
    assert runs.content_of(kept) == as_csv(rows)


def test_a_new_edition_is_created_hidden_by_the_import_alone() -> None:
    run, token = chosen_run(None, new_slug="2030")
    before = Edition.objects.count()

    runs.apply(run, token)

    edition = Edition.objects.get()
    assert (before, edition.slug, edition.is_public) == (0, "2030", False)
    assert (stored(run).edition, stored(run).created_edition) == (edition, True)
    assert names() == ["백제", "에바", "한서"]


def test_a_new_edition_that_somebody_made_meanwhile_is_a_change_too() -> None:
    run, token = chosen_run(None, new_slug="2030")
    make_edition("2030")

    with pytest.raises(EditionChangedError):
        runs.apply(run, token)

    assert (names(), stored(run).state) == ([], "previewed")


def test_a_change_of_the_edition_after_the_preview_stops_everything() -> None:
    edition = make_edition()
    exhibitor = make_exhibitor(edition, "백제", region="경기도")
    run, token = chosen_run(edition)
    exhibitor.region = "서울"
    verbs.save(exhibitor)

    with pytest.raises(EditionChangedError, match="has changed since you opened the preview"):
        runs.apply(run, token)

    assert (names(), Hall.objects.count(), stored(run).state) == (["백제"], 0, "previewed")
    assert runs.preview(stored(run)).difference.changed[0].changes[0].old == "서울"


def test_another_choice_after_the_preview_stops_everything() -> None:
    run, token = chosen_run(make_edition())
    runs.choose(ImportRun.objects.get(pk=run.pk), Choices(0, 0, {0: "name_ko"}))

    with pytest.raises(EditionChangedError):
        runs.apply(stored(run), token)

    assert names() == []


def test_another_choice_while_it_is_being_applied_stops_everything() -> None:
    run, token = chosen_run(None, new_slug="2030")

    def choose_meanwhile(**_signal: object) -> None:
        runs.choose(stored(run), Choices(0, 0, {0: "name_ko"}, CREATE))

    pre_save.connect(choose_meanwhile, sender=Edition)
    try:
        with pytest.raises(EditionChangedError):
            runs.apply(run, token)
    finally:
        pre_save.disconnect(choose_meanwhile, sender=Edition)

    assert (names(), Edition.objects.count(), stored(run).state) == ([], 0, "previewed")


@pytest.mark.parametrize("token", ["", "x", "0" * 64, "가" * 5000, "\x00"])
def test_a_bogus_token_writes_nothing(token: str) -> None:
    run, _token = chosen_run(make_edition())

    with pytest.raises(EditionChangedError):
        runs.apply(run, token)

    assert names() == []


def test_problems_stop_an_import_that_does_not_leave_them_out() -> None:
    run, token = chosen_run(make_edition(), [*LIST, ["", "x", "", "", ""]])

    with pytest.raises(DomainError, match="1 rows have problems"):
        runs.apply(run, token)

    assert (names(), stored(run).state) == ([], "previewed")


@pytest.mark.parametrize("rows", [LIST, [["회사명"], ["에바"]]], ids=["with changes", "with nothing to change"])
def test_the_second_of_two_is_told_that_it_is_done(rows: Cells) -> None:
    edition = make_edition()
    make_exhibitor(edition, "에바")
    run, token = chosen_run(edition, rows)
    second = stored(run)

    runs.apply(run, token)
    with pytest.raises(RunClosedError, match="imported already"):
        runs.apply(second, token)
    with pytest.raises(RunClosedError, match="imported already"):
        runs.apply(stored(run), token)

    assert Exhibitor.objects.filter(name_ko="에바").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rows", [LIST, [["회사명"], ["에바"]]], ids=["with changes", "with nothing to change"])
def test_of_two_who_press_at_once_one_imports_and_one_is_told(rows: Cells) -> None:
    edition = make_edition()
    make_exhibitor(edition, "에바")
    run, token = chosen_run(edition, rows)
    together, told = threading.Barrier(2), []

    def press() -> None:
        own = ImportRun.objects.select_related("edition").get(pk=run.pk)
        together.wait()
        try:
            with translation.override("en"):
                runs.apply(own, token)
            told.append("")
        except DomainError as error:
            told.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == ["", "This file was imported already. Nothing was written a second time."]
    assert len(names()) == len(set(names()))


# abandon and forget


def test_an_abandoned_run_can_neither_be_chosen_for_nor_applied() -> None:
    run, token = chosen_run(make_edition())
    runs.abandon(run)

    for step in (
        lambda: runs.choose(run, Choices(0, 0, MEANINGS)),
        lambda: runs.preview(run),
        lambda: runs.apply(run, token),
        lambda: runs.abandon(run),
    ):
        with pytest.raises(RunClosedError, match="was abandoned"):
            step()
    assert (names(), stored(run).state) == ([], "abandoned")


def test_an_applied_run_is_not_abandoned() -> None:
    run, token = chosen_run(make_edition())
    late = stored(run)
    runs.apply(run, token)

    with pytest.raises(RunClosedError, match="imported already"):
        runs.abandon(late)

    assert stored(run).state == "applied"


def test_files_that_were_never_imported_are_forgotten_after_thirty_days() -> None:
    edition = make_edition()
    applied, token = chosen_run(edition)
    runs.apply(applied, token)
    abandoned, left_lying, young = (make_import_run(edition) for _ in range(3))
    runs.abandon(abandoned)
    for run, days in ((applied, 31), (abandoned, 31), (left_lying, 31), (young, 29)):
        ImportRun.objects.filter(pk=run.pk).update(started_at=timezone.now() - timedelta(days=days))

    newest = make_import_run(edition)

    kept = set(ImportFile.objects.values_list("run", flat=True))
    assert kept == {applied.pk, young.pk, newest.pk}
    assert [stored(run).state for run in (applied, abandoned, left_lying, young)] == [
        "applied",
        "abandoned",
        "abandoned",
        "uploaded",
    ]
    with pytest.raises(RunClosedError, match="not kept any more"):
        runs.content_of(left_lying)


def test_a_run_outlives_its_edition_and_its_organiser() -> None:
    edition, organiser = make_edition(), make_organiser()
    run = make_import_run(edition, by=organiser)

    edition.delete()
    User.objects.all().delete()

    assert (stored(run).edition, stored(run).target_slug, stored(run).started_by) == (None, "2024", None)


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("Correct the name, or have it created (--create).", "Correct the name, or have it created."),
        ("이름을 고치거나 만들게 하세요(--create).", "이름을 고치거나 만들게 하세요."),
        ("(--skip-problems) a (b) -- c", " a (b) -- c"),
    ],
)
def test_options_of_the_command_are_left_out_of_sentences(sentence: str, shown: str) -> None:
    assert without_options(sentence) == shown
