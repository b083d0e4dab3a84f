"""What is done to exhibitors: save, publish, make draft, withdraw, delete."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import translation

from exhibitors.domain import exhibitors as verbs
from exhibitors.domain.errors import DomainError
from exhibitors.models import BoothMove, Exhibitor, ExhibitorIndustry
from tests.factories import (
    make_booth,
    make_edition,
    make_exhibitor,
    make_hall,
    make_industry,
    make_organiser,
    make_product,
)

pytestmark = pytest.mark.django_db


def states() -> dict[str, tuple[str, str]]:
    rows = Exhibitor.objects.values_list("name_ko", "state", "state_reason")
    return {name: (state, reason) for name, state, reason in rows}


def test_a_new_exhibitor_is_saved_whole() -> None:
    edition, organiser = make_edition(), make_organiser()
    booth, industry = make_booth(make_hall(edition)), make_industry(edition)
    exhibitor = Exhibitor(edition=edition, name_ko="(주)에바", name_en="EVAR Inc.")

    verbs.save(exhibitor, industries=[industry], booth_list=[booth], by=organiser)

    stored = Exhibitor.objects.get()
    assert (stored.slug, stored.initial, stored.initial_en, stored.state) == ("evar-inc", "ㅇ", "E", "draft")
    assert list(stored.industries.all()) == [industry]
    assert list(stored.booths.all()) == [booth]
    assert BoothMove.objects.get().moved_by == organiser


def test_what_is_not_given_stays() -> None:
    edition = make_edition()
    booth, industry = make_booth(make_hall(edition)), make_industry(edition)
    exhibitor = make_exhibitor(edition, booths=[booth], industries=[industry])

    verbs.save(exhibitor)

    assert list(exhibitor.industries.all()) == [industry]
    assert list(exhibitor.booths.all()) == [booth]


def test_what_is_given_empty_goes() -> None:
    edition = make_edition()
    exhibitor = make_exhibitor(edition, booths=[make_booth(make_hall(edition))], industries=[make_industry(edition)])

    verbs.save(exhibitor, industries=[], booth_list=[])

    assert list(exhibitor.industries.all()) == []
    assert list(exhibitor.booths.all()) == []


def test_the_address_never_changes() -> None:
    exhibitor = make_exhibitor(make_edition(), "에바", name_en="Evar")
    exhibitor.name_en = "Another Name"
    exhibitor.company_code = "c-9"

    verbs.save(exhibitor)

    assert Exhibitor.objects.get().slug == "evar"


def test_namesakes_get_addresses_of_their_own() -> None:
    edition = make_edition()
    slugs = [make_exhibitor(edition, name_en="Evar").slug for _ in range(3)]

    assert slugs == ["evar", "evar-2", "evar-3"]


def test_a_new_name_is_sorted_anew() -> None:
    exhibitor = make_exhibitor(make_edition(), "하나")
    exhibitor.name_ko = "가나"

    verbs.save(exhibitor)

    assert Exhibitor.objects.get().initial == "ㄱ"


def test_industries_that_stay_are_not_written_again() -> None:
    edition = make_edition()
    stays, goes, comes = (make_industry(edition, slug) for slug in ("a", "b", "c"))
    exhibitor = make_exhibitor(edition, industries=[stays, goes])
    link = ExhibitorIndustry.objects.get(industry=stays).pk

    verbs.save(exhibitor, industries=[comes, stays, stays])

    assert set(exhibitor.industries.all()) == {stays, comes}
    assert ExhibitorIndustry.objects.get(industry=stays).pk == link


def test_an_industry_of_another_edition_is_refused_and_nothing_is_saved() -> None:
    industry = make_industry(make_edition("2023"), name_ko="식품")
    exhibitor = make_exhibitor(make_edition("2024"), "에바")
    exhibitor.name_ko = "새 이름"

    with translation.override("en"), pytest.raises(DomainError) as caught:
        verbs.save(exhibitor, industries=[industry])

    assert str(caught.value) == "Industry 식품 belongs to another edition than 새 이름."
    assert Exhibitor.objects.get().name_ko == "에바"


def test_a_booth_of_another_edition_is_refused_and_nothing_is_saved() -> None:
    booth = make_booth(make_hall(make_edition("2023")))
    exhibitor = Exhibitor(edition=make_edition("2024"), name_ko="에바")

    with pytest.raises(DomainError):
        verbs.save(exhibitor, booth_list=[booth])

    assert not Exhibitor.objects.exists()


def test_a_taken_company_code_is_refused_by_the_database() -> None:
    edition = make_edition()
    make_exhibitor(edition, company_code="c-1")

    with pytest.raises(IntegrityError), transaction.atomic():
        verbs.save(Exhibitor(edition=edition, name_ko="에바", company_code="c-1"))


def test_publish_shows_drafts_and_withdrawn_and_forgets_the_reason() -> None:
    edition = make_edition()
    make_exhibitor(edition, "초안", state="draft", state_reason="로고 없음")
    make_exhibitor(edition, "취소", state="withdrawn", state_reason="부도")
    make_exhibitor(edition, "공개")

    changed = verbs.publish(Exhibitor.objects.filter(edition=edition))

    assert changed == 2
    assert states() == {"초안": ("public", ""), "취소": ("public", ""), "공개": ("public", "")}


def test_make_draft_keeps_the_reason_and_needs_none() -> None:
    edition = make_edition()
    one, other = make_exhibitor(edition, "하나"), make_exhibitor(edition, "둘")

    verbs.make_draft(Exhibitor.objects.filter(pk=one.pk), reason="확인 중")
    verbs.make_draft(Exhibitor.objects.filter(pk=other.pk), reason="")

    assert states() == {"하나": ("draft", "확인 중"), "둘": ("draft", "")}


def test_withdraw_touches_those_alone_that_are_meant() -> None:
    edition = make_edition()
    meant = make_exhibitor(edition, "하나")
    make_exhibitor(edition, "둘")

    assert verbs.withdraw(Exhibitor.objects.filter(pk=meant.pk), reason="  부도  ") == 1
    assert states() == {"하나": ("withdrawn", "부도"), "둘": ("public", "")}


@pytest.mark.parametrize("reason", ["", "   ", "\t\n"])
def test_withdraw_needs_a_reason(reason: str) -> None:
    make_exhibitor(make_edition(), "하나")

    with translation.override("en"), pytest.raises(DomainError) as caught:
        verbs.withdraw(Exhibitor.objects.all(), reason=reason)

    assert str(caught.value) == "Say why the exhibitor is withdrawn."
    assert states() == {"하나": ("public", "")}


def test_who_is_in_the_state_already_is_not_counted() -> None:
    edition = make_edition()
    exhibitor = make_exhibitor(edition, state="withdrawn", state_reason="부도")
    before = exhibitor.updated_at

    assert verbs.withdraw(Exhibitor.objects.all(), reason="다른 이유") == 0
    exhibitor.refresh_from_db()
    assert (exhibitor.state_reason, exhibitor.updated_at) == ("부도", before)


def test_a_change_of_state_is_a_change_in_time() -> None:
    exhibitor = make_exhibitor(make_edition())
    before = exhibitor.updated_at

    verbs.withdraw(Exhibitor.objects.all(), reason="부도")

    exhibitor.refresh_from_db()
    assert exhibitor.updated_at > before


def test_deleting_logs_who_left_which_booth() -> None:
    edition, organiser = make_edition(), make_organiser()
    booth = make_booth(make_hall(edition), "A-1")
    gone = make_exhibitor(edition, "에바", booths=[booth], industries=[make_industry(edition)])
    stays = make_exhibitor(edition, "가나", booths=[booth])

    verbs.delete([gone], by=organiser)

    assert list(Exhibitor.objects.all()) == [stays]
    move = BoothMove.objects.latest("pk")
    assert (move.kind, move.exhibitor_name, move.booth_number, move.moved_by) == ("left", "에바", "A-1", organiser)


def test_deleting_is_refused_while_products_hang_on_the_exhibitor() -> None:
    edition = make_edition()
    booth = make_booth(make_hall(edition), "A-1")
    exhibitor = make_exhibitor(edition, booths=[booth])
    make_product(exhibitor)

    with pytest.raises(ProtectedError), transaction.atomic():
        verbs.delete([exhibitor])

    assert list(exhibitor.booths.all()) == [booth]
    assert BoothMove.objects.filter(kind="left").count() == 0
