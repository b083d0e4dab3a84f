"""The verb that saves accounts."""

import pytest
from django.contrib.auth.models import Group, User
from django.utils import translation

from exhibitors.domain import accounts
from exhibitors.domain.errors import DomainError
from tests.factories import make_account, make_organiser

pytestmark = pytest.mark.django_db


def test_a_new_account_may_enter_the_desk_with_its_roles() -> None:
    user = User(username="kim")

    accounts.save(user, groups=Group.objects.filter(name="editor"))

    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser, [group.name for group in user.groups.all()]) == (True, False, ["editor"])


def test_an_account_that_was_kept_out_of_the_desk_stays_out_when_it_is_changed() -> None:
    user = User.objects.create_user("kim")

    accounts.save(user, groups=[])

    user.refresh_from_db()
    assert user.is_staff is False


@pytest.mark.parametrize("is_superuser", [True, False])
def test_an_administrator_neither_makes_nor_changes_who_may_do_everything(is_superuser: bool) -> None:
    administrator, user = make_account("lee", "administrator"), make_organiser()
    user.is_superuser = is_superuser  # as it would be, and as it is
    user.email = "new@expo.example"

    with translation.override("en"), pytest.raises(DomainError, match="Only somebody who may do everything"):
        accounts.save(user, groups=[], by=administrator)
    with translation.override("en"), pytest.raises(DomainError, match="Only somebody who may do everything"):
        accounts.save(User(username="park", is_superuser=True), groups=[], by=administrator)

    user.refresh_from_db()
    assert (user.is_superuser, user.email, User.objects.filter(username="park").exists()) == (True, "", False)


def test_who_may_do_everything_changes_anybody() -> None:
    user = make_organiser()
    user.email = "new@expo.example"

    accounts.save(user, groups=[], by=make_organiser("other"))

    user.refresh_from_db()
    assert user.email == "new@expo.example"
