"""The roles: present after every migration, each with what it may do."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation

from exhibitors.domain import roles
from exhibitors.domain.roles import Role

pytestmark = pytest.mark.django_db


def rights_of(role: str) -> set[str]:
    names = Permission.objects.filter(group__name=role).values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in names}


def test_the_three_roles_are_there_after_migrating() -> None:
    assert list(Group.objects.order_by("name").values_list("name", flat=True)) == ["administrator", "editor", "reader"]


def test_a_reader_may_view_all_of_the_expo_and_nothing_else() -> None:
    every_view = Permission.objects.filter(content_type__app_label="exhibitors", codename__startswith="view_")

    assert rights_of("reader") == {f"exhibitors.{permission.codename}" for permission in every_view}
    assert "exhibitors.view_exhibitor" in rights_of("reader")


def test_an_editor_may_besides_change_exhibitors_products_booths_and_add_synonyms_and_print_runs() -> None:
    edited = ("exhibitor", "product", "booth", "boothassignment", "exhibitorindustry")
    verbs = ("add", "change", "delete")

    more = rights_of("editor") - rights_of("reader")

    assert rights_of("reader") <= rights_of("editor")
    added = {"exhibitors.add_synonym", "exhibitors.add_printrun"}
    assert more == {f"exhibitors.{verb}_{model}" for verb in verbs for model in edited} | added


def test_an_administrator_may_do_everything_with_the_expo_accounts_and_groups() -> None:
    expo = Permission.objects.filter(content_type__app_label="exhibitors")
    accounts = {f"auth.{verb}_{model}" for verb in ("add", "change", "delete", "view") for model in ("user", "group")}

    assert rights_of("administrator") == {f"exhibitors.{permission.codename}" for permission in expo} | accounts


def test_migrating_again_sets_the_roles_back_and_leaves_other_groups_alone() -> None:
    permission = Permission.objects.get(codename="add_edition")
    Group.objects.get(name="reader").permissions.set([permission])
    Group.objects.get(name="editor").delete()
    other = Group.objects.create(name="guides")
    other.permissions.set([permission])
    before = rights_of("administrator")

    roles.ensure_after_migration()

    assert rights_of("administrator") == before
    assert "exhibitors.add_edition" not in rights_of("reader")
    assert "exhibitors.change_exhibitor" in rights_of("editor")
    assert rights_of("guides") == {"exhibitors.add_edition"}


def test_before_accounts_are_migrated_nothing_happens() -> None:
    state = MigrationExecutor(connection).loader.project_state(("contenttypes", "0002_remove_content_type_name"))
    Group.objects.all().delete()

    roles.ensure_after_migration(apps=state.apps)

    assert not Group.objects.exists()


def test_before_the_expo_is_migrated_the_roles_get_what_exists() -> None:
    state = MigrationExecutor(connection).loader.project_state(("auth", "0012_alter_user_first_name_max_length"))
    Group.objects.all().delete()
    Permission.objects.filter(content_type__app_label="exhibitors").delete()

    roles.ensure_after_migration(apps=state.apps)

    assert [len(rights_of(role)) for role in ("administrator", "editor", "reader")] == [8, 0, 0]


@pytest.mark.django_db(transaction=True)
def test_emptying_the_database_leaves_the_roles() -> None:
    before = rights_of("editor")

    call_command("flush", interactive=False, verbosity=0)

    assert rights_of("editor") == before
    assert len(before) > 10


def test_a_role_is_shown_by_its_label_and_another_group_by_its_name() -> None:
    with translation.override("en"):
        assert [roles.label_of(name) for name in (*Role.values, "guides")] == [
            "Administrator",
            "Editor",
            "Reader",
            "guides",
        ]
