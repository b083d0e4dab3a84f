"""The pages on which an organiser sets the second factor up and gives its codes."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

import django_otp
import segno
from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django_otp.models import Device

from exhibitors.admin.lookup import organiser
from exhibitors.domain import second_factor
from exhibitors.domain.errors import DomainError
from exhibitors.forms.second_factor import CodeForm, RecoveryCodeForm

KEY = "second_factor_key"
RECOVERY_CODES = "recovery_codes"
QR_SCALE = 5

Page = Callable[[AdminSite, HttpRequest], HttpResponse]


def urls(site: AdminSite) -> list[URLPattern]:
    pages: list[tuple[str, Page, str]] = [
        ("", status, "second_factor"),
        ("check/", check, "second_factor_check"),
        ("set-up/", set_up, "second_factor_set_up"),
        ("codes/", recovery_codes, "second_factor_codes"),
    ]
    return [path(f"second-factor/{address}", _bind(site, page), name=name) for address, page, name in pages]


def _bind(site: AdminSite, page: Page) -> Callable[[HttpRequest], HttpResponse]:
    """Let organisers in who gave their password; what more they need, each page decides."""

    @never_cache
    @csrf_protect
    @sensitive_post_parameters()
    @wraps(page)
    def view(request: HttpRequest) -> HttpResponse:
        if not (request.user.is_active and request.user.is_staff):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        return page(site, request)

    return view


def address_of_next_step(request: HttpRequest) -> str:
    """Where somebody is led who gave the password and misses the second factor."""
    name = "check" if second_factor.is_set_up(request.user) else "set_up"
    return _with_next(f"admin:second_factor_{name}", request)


# Pages


def check(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Ask for a code, or for a recovery code where the phone is lost."""
    if not second_factor.is_missing(request.user):
        return HttpResponseRedirect(_next(request))
    if not second_factor.is_set_up(request.user):
        return HttpResponseRedirect(address_of_next_step(request))
    is_recovery = "recovery_code" in request.POST
    data = request.POST if request.method == "POST" else None
    form = CodeForm(None if is_recovery else data)
    form.fields["code"].widget.attrs["autofocus"] = not is_recovery
    recovery_form = RecoveryCodeForm(data if is_recovery else None)
    device = _recovered(request, recovery_form) if is_recovery else _checked(request, form)
    if device is not None:
        _let_in(request, device)
        if is_recovery:
            _tell_codes_left(request)
        return HttpResponseRedirect(_next(request))
    context = {"form": form, "recovery_form": recovery_form}
    return _show(site, request, "check", _("Two-step sign-in: code"), context)


def set_up(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Show a key for the app until a code proves that the app has it."""
    if second_factor.is_set_up(request.user) and second_factor.is_missing(request.user):
        return HttpResponseRedirect(address_of_next_step(request))
    user, key = organiser(request), request.session.setdefault(KEY, second_factor.new_key())
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            done = second_factor.set_up(
                user,
                key=key,
                code=form.cleaned_data["code"],
                now=timezone.now(),
                may_replace=request.user.is_verified(),  # type: ignore[union-attr]  # of django-otp's middleware
            )
        except DomainError as error:
            form.add_error("code", str(error))
        else:
            _let_in(request, done.device)
            del request.session[KEY]
            request.session[RECOVERY_CODES] = done.recovery_codes
            return HttpResponseRedirect(_with_next("admin:second_factor_codes", request))
    picture = segno.make(second_factor.address_for_app(user, key), error="m")
    context = {
        "form": form,
        "key": second_factor.readable(key),
        "picture": picture.png_data_uri(scale=QR_SCALE),
        "picture_size": picture.symbol_size(scale=QR_SCALE)[0],
        "is_replacing": second_factor.is_set_up(user),
    }
    return _show(site, request, "set_up", _("Two-step sign-in: set up"), context)


def recovery_codes(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Show new recovery codes, once."""
    if not site.has_permission(request):
        return HttpResponseRedirect(address_of_next_step(request))
    codes = request.session.pop(RECOVERY_CODES, [])
    return _show(site, request, "codes", _("Two-step sign-in: recovery codes"), {"codes": codes})


def status(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Say what is set up, and offer new recovery codes, another phone, or none."""
    if not site.has_permission(request) or not second_factor.is_set_up(request.user):
        return HttpResponseRedirect(address_of_next_step(request))
    user = organiser(request)
    if "renew" in request.POST:
        request.session[RECOVERY_CODES] = second_factor.renew_recovery_codes(user)
        return HttpResponseRedirect(reverse("admin:second_factor_codes"))
    if "turn_off" in request.POST and not second_factor.is_required():
        second_factor.reset(user)
        messages.success(request, gettext("Two-step sign-in is off. Your password alone lets you in."))
        return HttpResponseRedirect(reverse("admin:index"))
    context = {"left": second_factor.recovery_codes_left(user), "is_required": second_factor.is_required()}
    return _show(site, request, "status", _("Two-step sign-in"), context)


# What the pages share


def _checked(request: HttpRequest, form: CodeForm) -> Device | None:
    return _accepted(request, form, "code", second_factor.check_code)


def _recovered(request: HttpRequest, form: RecoveryCodeForm) -> Device | None:
    return _accepted(request, form, "recovery_code", second_factor.check_recovery_code)


def _accepted(request: HttpRequest, form: forms.Form, field: str, verb: Callable[[User, str], Device]) -> Device | None:
    if not form.is_valid():
        return None
    try:
        return verb(organiser(request), form.cleaned_data[field])
    except DomainError as error:
        form.add_error(field, str(error))
        return None


def _let_in(request: HttpRequest, device: Device) -> None:
    request.session.cycle_key()  # who knew the session before does not know the one that may do more
    django_otp.login(request, device)


def _tell_codes_left(request: HttpRequest) -> None:
    left = second_factor.recovery_codes_left(organiser(request))
    text = ngettext(
        "You used a recovery code. %(count)d is left.", "You used a recovery code. %(count)d are left.", left
    )
    messages.warning(request, text % {"count": left})


def _next(request: HttpRequest) -> str:
    """Where the person wanted to go, if that is on this site; else the front of the desk."""
    wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
    is_safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_safe else reverse("admin:index")


def _with_next(name: str, request: HttpRequest) -> str:
    return f"{reverse(name)}?{urlencode({REDIRECT_FIELD_NAME: _next(request)}, safe='/')}"


def _show(site: AdminSite, request: HttpRequest, page: str, title: Any, context: dict[str, Any]) -> HttpResponse:
    frame = {
        **site.each_context(request),
        "title": title,
        "next": _next(request),
        "is_in": site.has_permission(request),
        # A page for one thing: neither the lists nor the tools of the desk stand around it.
        "has_permission": False,
        "available_apps": [],
    }
    return TemplateResponse(request, f"admin/sign_in/{page}.html", frame | context)
