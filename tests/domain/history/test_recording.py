"""Nothing escapes the history: whatever a verb writes is kept, with who did it."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext
from reversion.models import Revision, Version

from exhibitors.domain import (
    booths,
    bulk,
    companies,
    history,
    new_booths,
    next_edition,
    parts,
    renumbering,
    sample,
)
from exhibitors.domain import exhibitors as verbs
from exhibitors.domain.errors import DomainError
from exhibitors.domain.history import Action
from exhibitors.domain.next_edition import Part
from exhibitors.domain.renumbering_rules import Prefix
from exhibitors.models import Booth, Edition, Exhibitor, Hall, Industry, Product, Theme
from tests.domain.history.truth import begin, untold
from tests.domain.importing.spreadsheets import import_rows
from tests.factories import (
    make_booth,
    make_edition,
    make_exhibitor,
    make_hall,
    make_industry,
    make_organiser,
    make_product,
    make_theme,
)

pytestmark = pytest.mark.django_db


def make_all() -> tuple[Exhibitor, Exhibitor]:
    edition = make_edition()
    hall = make_hall(edition, theme=make_theme(edition))
    industry = make_industry(edition)
    one = make_exhibitor(edition, "도담커피", booths=[make_booth(hall, "A-1")], industries=[industry])
    other = make_exhibitor(edition, "나래로봇", booths=[make_booth(hall, "B-1")], industries=[industry])
    make_product(one, "드립백")
    begin()
    return one, other


def actions_of(row: Exhibitor) -> list[str]:
    versions = Version.objects.get_for_object_reference(type(row), row.pk).order_by("-pk")
    return list(versions.values_list("revision__comment", flat=True))


def test_verbs_on_exhibitors_are_kept() -> None:
    one, other = make_all()
    hall, food = Hall.objects.get(), make_industry(one.edition, "food", "식품·음료")
    booth = make_booth(hall, "C-1")
    last_year = make_exhibitor(make_edition("2023"), "도담커피")
    begin([food, booth, last_year.edition])
    steps: list[tuple[Callable[[], object], Exhibitor, Action]] = [
        (lambda: verbs.save(one, industries=[food]), one, Action.EDIT),
        (lambda: booths.assign({one: [], other: [booth]}), other, Action.PLACE),
        (lambda: verbs.make_draft(Exhibitor.objects.filter(pk=one.pk), reason="로고 없음"), one, Action.DRAFT),
        (lambda: verbs.publish(Exhibitor.objects.all()), one, Action.PUBLISH),
        (lambda: verbs.withdraw(Exhibitor.objects.filter(pk=other.pk), reason="사정"), other, Action.WITHDRAW),
        (lambda: companies.link(one, last_year), last_year, Action.LINK),
        (lambda: verbs.delete([other]), other, Action.DELETE),
    ]
    for step, row, action in steps:
        pk = row.pk
        step()
        row.pk = pk
        assert (actions_of(row)[0], untold()) == (action, [])


def test_verbs_on_parts_are_kept() -> None:
    _one, other = make_all()
    booth, product = Booth.objects.get(number="A-1"), Product.objects.get()
    hall, theme, industry = Hall.objects.get(), Theme.objects.get(), Industry.objects.get()
    for part in (booth, product, hall, theme, industry):
        name = "number" if isinstance(part, Booth) else "name_ko"
        setattr(part, name, "바뀐 이름")
        parts.save(part)
        assert untold() == []
    product.exhibitor = other
    parts.save(product)
    parts.delete(product)
    assert untold() == []
    assert [version.object_repr for version in history.deleted(Product)] == ["바뀐 이름"]


def test_many_booths_made_at_once_are_kept() -> None:
    make_all()
    booths.create_booths([(Hall.objects.get(), f"D-{number}") for number in range(3)])
    assert untold() == []


def test_an_import_is_kept_as_one() -> None:
    make_all()
    head = ["업체코드", "회사명", "전시관", "부스", "업종", "주요품목", "지역"]
    import_rows(
        [head, ["1", "도담커피", "새 관", "Z-1", "새 업종", "드립백", "서울"], ["2", "가람상회", "", "", "", "", ""]]
    )

    assert untold() == []
    run = Revision.objects.filter(comment=Action.IMPORT).get()
    kinds = sorted(version.content_type.model for version in run.version_set.all())
    assert kinds == ["booth", "exhibitor", "exhibitor", "hall", "industry"]


def test_the_sample_is_kept_when_it_comes_and_when_it_goes() -> None:
    sample.load()
    loaded = untold()
    sample.remove()
    assert (loaded, untold()) == ([], [])
    assert history.deleted(Exhibitor).count() == 90


def test_changes_of_many_at_once_are_kept() -> None:
    one, _other = make_all()
    edition = one.edition
    new, food = make_hall(edition, "export", "수출관"), make_industry(edition, "food", "식품·음료")
    begin([new, food])
    everybody = Exhibitor.objects.filter(edition=edition)

    bulk.assign_hall(everybody, new, keeps_other_booths=True)
    bulk.assign_industry(everybody, food, replaces_others=True)
    bulk.remove_industry(everybody, food)
    new_booths.create(new, "C-01…C-03")
    chosen = list(Booth.objects.filter(hall=new).exclude(number="").values_list("pk", flat=True))
    rule = Prefix("C", "D")
    renumbering.renumber(chosen, rule, fingerprint=renumbering.preview(chosen, rule).fingerprint)
    next_edition.start(edition, Edition(slug="2025", name_ko="다음"), parts=set(Part), exhibitors=everybody)

    assert untold() == []
    made = Revision.objects.order_by("pk").values_list("comment", flat=True)
    assert list(made)[-6:] == ["bulk", "bulk", "bulk", "edit", "renumber", "carry_over"]


def test_what_is_refused_leaves_no_trace() -> None:
    one, _other = make_all()
    before = Version.objects.count()
    stranger = make_booth(make_hall(make_edition("2023"), "other"))
    with pytest.raises(DomainError):
        verbs.save(one, booth_list=[stranger])
    assert Version.objects.count() == before


def test_who_acted_is_kept() -> None:
    one, other = make_all()
    by, another = make_organiser("kim"), make_organiser("lee")

    with history.acting(by):
        verbs.withdraw(Exhibitor.objects.filter(pk=one.pk), reason="사정")
        verbs.save(other, by=another)
        verbs.delete([other])
    verbs.publish(Exhibitor.objects.filter(pk=one.pk))

    users = list(Revision.objects.order_by("pk").values_list("comment", "user__username"))[-4:]
    assert users == [("withdraw", "kim"), ("edit", "lee"), ("delete", "kim"), ("publish", None)]


def test_publishing_costs_the_same_for_one_and_for_thirty() -> None:
    edition = make_edition()
    costs = []
    for rows in (1, 30):
        pks = [make_exhibitor(edition, state="draft").pk for _ in range(rows)]
        with CaptureQueriesContext(connection) as captured:
            verbs.publish(Exhibitor.objects.filter(pk__in=pks))
        costs.append(len(captured))
    assert costs == [10, 10]


# Rows that are older than the history


def test_migrating_keeps_what_is_older_than_the_history_once() -> None:
    make_product(make_exhibitor(make_edition(), "도담커피"), "드립백")
    Version.objects.all().delete()
    assert untold() == ["Edition: 2024 시험 엑스포", "Exhibitor: 도담커피", "Product: 드립백"]

    call_command("migrate", verbosity=0)
    first = Version.objects.count()
    call_command("migrate", verbosity=0)

    assert (untold(), first, Version.objects.count()) == ([], 3, 3)


def test_a_migration_that_stops_halfway_keeps_nothing() -> None:
    make_edition()
    MigrationRecorder(connection).migration_qs.filter(app="exhibitors").exclude(name="0001_initial").delete()
    history.begin_after_migration(plan=[])
    assert not Version.objects.exists()
