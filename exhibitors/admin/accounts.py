"""Accounts and roles at the desk, in place of Django's own pages of users and groups."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group, User
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from exhibitors.admin.checked import CheckedLists
from exhibitors.admin.fields import RowsField
from exhibitors.admin.lookup import organiser
from exhibitors.domain import accounts, lockout, roles, second_factor
from exhibitors.domain.roles import Role


class RolesField(RowsField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        super().__init__(
            Group.objects.order_by("pk"),
            label=_("Roles"),
            help_text=_(
                "Administrators may do everything and make accounts. Editors change exhibitors, products and booths. "
                "Readers only look."
            ),
        )

    def label_from_instance(self, obj: Any) -> str:
        return roles.label_of(obj.name)


class AccountForm(UserChangeForm):
    groups = RolesField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "groups" in self.fields:  # who may only read gets no form fields
            self.fields["groups"].required = not self.instance.is_superuser


class NewAccountForm(UserCreationForm):
    groups = RolesField()

    class Meta(UserCreationForm.Meta):
        fields = ("username", "email", "groups")


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Role.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        return queryset.filter(groups__name=self.value()) if self.value() in Role.values else queryset


class AccountAdmin(CheckedLists, UserAdmin):
    form = AccountForm
    add_form = NewAccountForm
    add_form_template = None
    list_display = ["username", "email", "role_list", "is_active", "has_second_factor", "last_login"]
    list_filter = [RoleFilter, "is_active"]
    search_fields = ["username", "email"]
    search_help_text = _("Name or e-mail")
    filter_horizontal = ()
    readonly_fields = ["role_list", "has_second_factor", "last_login", "date_joined"]
    actions = ["unlock", "reset_second_factor"]
    fieldsets = (
        (None, {"fields": ["username", "password", "email", "groups", "is_active"]}),
        (_("Signing in"), {"fields": ["has_second_factor", "last_login", "date_joined"]}),
    )
    add_fieldsets = ((None, {"fields": ["username", "email", "groups", "password1", "password2"]}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return (
            super()
            .get_queryset(request)
            .prefetch_related(Prefetch("groups", queryset=Group.objects.order_by("pk")))
            .annotate(has_second_factor=Exists(TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)))
        )

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None or self.has_change_permission(request, obj):
            return super().get_fieldsets(request, obj)
        return [(None, {"fields": ["username", "email", "role_list", "is_active"]}), *self.fieldsets[1:]]

    # Rights

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_change(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_change(request, obj)

    # Writing

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        accounts.save(obj, groups=form.cleaned_data["groups"], by=organiser(request))

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        """Django's own leads on to the form of the new account; here nothing is left to be filled in."""
        return admin.ModelAdmin.response_add(self, request, obj, post_url_continue)

    @admin.action(description=_("Let sign in again after too many wrong passwords"), permissions=["change"])
    def unlock(self, request: HttpRequest, users: QuerySet[User]) -> None:
        chosen = [user for user in users if _may_change(request, user)]
        lockout.release(user.get_username() for user in chosen)
        text = ngettext("%(count)d account may try again.", "%(count)d accounts may try again.", len(chosen))
        messages.success(request, text % {"count": len(chosen)})

    @admin.action(description=_("Reset two-step sign-in, for a lost phone"), permissions=["change"])
    def reset_second_factor(self, request: HttpRequest, users: QuerySet[User]) -> None:
        done = [user for user in users if _may_change(request, user) and second_factor.reset(user)]
        message = gettext("Two-step sign-in was reset")
        LogEntry.objects.log_actions(organiser(request).pk, done, CHANGE, message)
        text = ngettext(
            "%(count)d account signs in with the password alone until two-step sign-in is set up again.",
            "%(count)d accounts sign in with the password alone until two-step sign-in is set up again.",
            len(done),
        )
        messages.success(request, text % {"count": len(done)})

    # Columns

    @admin.display(description=_("roles"))
    def role_list(self, user: User) -> str:
        if user.is_superuser:
            return gettext("may do everything")
        return ", ".join(roles.label_of(group.name) for group in user.groups.all())

    @admin.display(description=_("two-step sign-in"), boolean=True, ordering="has_second_factor")
    def has_second_factor(self, user: Any) -> bool:
        return bool(user.has_second_factor)


def _may_change(request: HttpRequest, user: User | None) -> bool:
    return user is None or accounts.may_change(organiser(request), user)


class RoleAdmin(CheckedLists, GroupAdmin):
    """Groups of an administrator's own can be made beside the roles, which stay as the program sets them."""

    list_display = ["label"]
    readonly_fields = ["label"]

    def get_fieldsets(self, request: HttpRequest, obj: Group | None = None) -> Any:
        if not _is_role(obj):
            return [(None, {"fields": ["name", "permissions"]})]
        note = _("This role is the same on every site and cannot be changed. Add a group beside it.")
        return [(None, {"fields": ["label", "permissions"], "description": note})]

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_role(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_role(obj)

    @admin.display(description=_("name"), ordering="name")
    def label(self, group: Group) -> str:
        return roles.label_of(group.name)


def _is_role(group: Group | None) -> bool:
    return group is not None and group.name in Role.values


def replace_registered() -> None:
    """Put these in the place of Django's own, and keep the keys of second factors out of sight."""
    admin.site.unregister([User, Group, TOTPDevice, StaticDevice])
    admin.site.register(User, AccountAdmin)
    admin.site.register(Group, RoleAdmin)
