"""Accounts of organisers: who makes and changes them, and with which roles."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils.translation import gettext as _

from exhibitors.domain.errors import DomainError


@transaction.atomic
def save(user: User, *, groups: Iterable[Group], by: User | None = None) -> None:
    """Save an account with its roles; a new one may enter the desk.

    Raises DomainError where `by` may not: only who may do everything saves an account that may do everything.
    """
    if by is not None and not by.is_superuser and (user.is_superuser or not may_change(by, user)):
        raise DomainError(_("Only somebody who may do everything can change an account that may do everything."))
    if user._state.adding:
        user.is_staff = True
    user.save()
    user.groups.set(groups)


def may_change(by: User, user: User) -> bool:
    """Whether `by` may change, delete or unlock this account, provided that they may change accounts. One query."""
    return by.is_superuser or not User.objects.filter(pk=user.pk, is_superuser=True).exists()
