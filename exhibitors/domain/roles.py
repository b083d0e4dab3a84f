"""The three roles at the desk, each a group whose permissions every migration sets anew."""

from typing import Any

from django.apps import apps as installed
from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The names of the groups, which stay; the labels are what people read."""

    ADMINISTRATOR = "administrator", _("Administrator")
    EDITOR = "editor", _("Editor")
    READER = "reader", _("Reader")


# An exhibitor's form also writes who stands at which booth and who is of which industry.
EDITED = ("exhibitor", "product", "booth", "boothassignment", "exhibitorindustry")

_READS = Q(content_type__app_label="exhibitors", codename__startswith="view_")
PERMISSIONS: dict[Role, Q] = {
    Role.ADMINISTRATOR: (
        Q(content_type__app_label="exhibitors")
        | Q(content_type__app_label="auth", content_type__model__in=["user", "group"])
    ),
    Role.EDITOR: (
        _READS
        | Q(content_type__app_label="exhibitors", content_type__model__in=EDITED)
        | Q(content_type__app_label="exhibitors", codename__in=["add_synonym", "add_printrun"])
    ),
    Role.READER: _READS,
}


def label_of(group_name: str) -> str:
    """The name of a group as people read it: a role's label, or the name that an administrator gave."""
    return str(Role(group_name).label) if group_name in Role.values else group_name


def ensure_after_migration(*, using: str = DEFAULT_DB_ALIAS, apps: Any = installed, **_signal: object) -> None:
    """Make the groups of the roles and set what each may do; other groups stay as they are.

    A handler of post_migrate: permissions do not exist yet while a fresh database is being migrated. Halfway, `apps`
    knows the models of that moment, and the roles get what exists so far.
    """
    try:
        group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:
        return  # accounts are not migrated yet, or no longer
    with transaction.atomic(using=using):
        for role, condition in PERMISSIONS.items():
            group, _created = group_model._default_manager.using(using).get_or_create(name=role.value)
            group.permissions.set(permission_model._default_manager.using(using).filter(condition))
