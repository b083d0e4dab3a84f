"""Two-step sign-in: set up, asked for, demanded by a setting, replaced when the phone is lost."""

from base64 import b32decode
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from exhibitors.domain import second_factor
from exhibitors.models import Exhibitor
from tests.admin.pages import list_of, told
from tests.admin.signing_in import browser, code_of, is_in, make_device, sign_in, wrong_code_of
from tests.factories import make_account, make_edition

pytestmark = pytest.mark.django_db

CHECK, SET_UP, CODES, STATUS = (reverse(f"admin:second_factor{name}") for name in ("_check", "_set_up", "_codes", ""))


@pytest.fixture
def demanded(settings: Settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture
def device(organiser: User) -> TOTPDevice:
    return make_device(organiser)


@pytest.fixture
def half_in(organiser: User) -> Client:
    """A browser in which the organiser's password was given, and no more."""
    client = browser()
    sign_in(client)
    return client


def set_up(client: Client, query: str = "") -> Any:
    """Do what an organiser does at the page: put the key into the app, type its code."""
    page = client.get(SET_UP + query)
    key = b32decode(page.context["key"].replace(" ", "")).hex()
    return client.post(SET_UP + query, {"code": code_of(key)})


def errors_of(answer: Any, form: str = "form") -> list[str]:
    return [text for texts in answer.context[form].errors.values() for text in texts]


# Setting it up


def test_by_default_the_password_alone_lets_in(half_in: Client) -> None:
    assert is_in(half_in)


def test_where_it_is_demanded_the_password_leads_to_setting_it_up(demanded: None, half_in: Client) -> None:
    wanted = f"{list_of(Exhibitor)}?q=x"

    answer = half_in.get(wanted, follow=True)

    assert [address.split("?")[0] for address, _status in answer.redirect_chain] == [reverse("admin:login"), SET_UP]
    assert answer.context["next"] == wanted


def test_the_page_shows_the_key_as_a_picture_and_as_text(demanded: None, half_in: Client) -> None:
    answer = half_in.get(SET_UP)

    page = answer.content.decode()
    assert '<img class="qr-code" src="data:image/png;base64,' in page
    assert f'<code class="secret-key">{answer.context["key"]}</code>' in page
    assert ['autocomplete="one-time-code"' in page, 'inputmode="numeric"' in page] == [True, True]
    assert '<label for="id_code">Code of the app:</label>' in page
    assert half_in.get(SET_UP).context["key"] == answer.context["key"]
    assert "no-store" in answer["Cache-Control"]


def test_a_code_of_the_app_sets_it_up_shows_ten_recovery_codes_once_and_lets_in(
    demanded: None, half_in: Client, organiser: User
) -> None:
    wanted = list_of(Exhibitor)

    answer = set_up(half_in, f"?next={wanted}")
    codes_page = half_in.get(answer["Location"])
    again = half_in.get(CODES)

    codes = codes_page.context["codes"]
    assert (len(codes), len(set(codes))) == (10, 10)
    assert sorted(codes) == sorted(StaticToken.objects.values_list("token", flat=True))
    assert f'href="{wanted}"' in codes_page.content.decode()
    assert again.context["codes"] == []
    assert codes[0] not in again.content.decode()
    assert is_in(half_in)
    assert TOTPDevice.objects.get().user == organiser


def test_a_wrong_code_sets_nothing_up(demanded: None, half_in: Client) -> None:
    key = b32decode(half_in.get(SET_UP).context["key"].replace(" ", "")).hex()

    answer = half_in.post(SET_UP, {"code": wrong_code_of(key)})

    assert errors_of(answer) == [
        "This code is wrong. Type the one that the app shows now, and check the phone's clock."
    ]
    assert not TOTPDevice.objects.exists()
    assert not is_in(half_in)
    assert errors_of(half_in.post(SET_UP, {"code": "12"})) == ["Type the six digits that the app shows."]


def test_nobody_sees_the_pages_without_a_password(demanded: None, stranger: Client, client: Client) -> None:
    for page in (CHECK, SET_UP, CODES, STATUS):
        for visitor in (client, stranger):
            answer = visitor.get(page)
            assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("admin:login"))
            assert visitor.post(page, {"code": "123456"}).status_code == 302

    assert not TOTPDevice.objects.exists()


# Being asked


def test_who_has_set_it_up_is_asked_even_where_it_is_not_demanded(half_in: Client, device: TOTPDevice) -> None:
    answer = half_in.get(reverse("admin:index"), follow=True)

    assert answer.redirect_chain[-1][0] == f"{CHECK}?next=/admin/"
    assert "Open the authenticator app on your phone" in answer.content.decode()


def test_the_right_code_leads_to_where_one_wanted_to_go(half_in: Client, device: TOTPDevice) -> None:
    before = half_in.session.session_key

    answer = half_in.post(f"{CHECK}?next=/admin/exhibitors/hall/", {"code": code_of(device.key)})

    assert (answer.status_code, answer["Location"]) == (302, "/admin/exhibitors/hall/")
    assert is_in(half_in)
    assert half_in.session.session_key != before


def test_a_wrong_code_lets_nobody_in_and_says_so(half_in: Client, device: TOTPDevice) -> None:
    answer = half_in.post(CHECK, {"code": wrong_code_of(device.key)})

    assert errors_of(answer) == ["This code is wrong or was used already."]
    assert not is_in(half_in)


def test_a_code_works_once(half_in: Client, device: TOTPDevice) -> None:
    code = code_of(device.key)
    half_in.post(CHECK, {"code": code})
    thief = browser()
    sign_in(thief)

    answer = thief.post(CHECK, {"code": code})

    assert errors_of(answer) == ["This code is wrong or was used already."]
    assert (is_in(half_in), is_in(thief)) == (True, False)


def test_guessing_codes_is_slowed_down_and_the_right_one_has_to_wait(half_in: Client, device: TOTPDevice) -> None:
    now = timezone.now()
    TOTPDevice.objects.update(throttling_failure_count=9, throttling_failure_timestamp=now)

    answer = half_in.post(CHECK, {"code": code_of(device.key)})

    until = timezone.localtime(now + timedelta(seconds=2**8)).strftime("%H:%M:%S")
    assert errors_of(answer) == [f"Too many wrong codes. Try again after {until}."]
    assert not is_in(half_in)

    TOTPDevice.objects.update(throttling_failure_timestamp=now - timedelta(seconds=2**8))
    half_in.post(CHECK, {"code": code_of(device.key)})
    assert is_in(half_in)


def test_a_wrong_code_after_many_says_at_once_how_long_to_wait(half_in: Client, device: TOTPDevice) -> None:
    long_ago = timezone.now() - timedelta(hours=1)
    TOTPDevice.objects.update(throttling_failure_count=5, throttling_failure_timestamp=long_ago)

    (text,) = errors_of(half_in.post(CHECK, {"code": wrong_code_of(device.key)}))

    assert text.startswith("Too many wrong codes. Try again after ")
    assert TOTPDevice.objects.get().throttling_failure_count == 6


def test_a_code_of_somebody_else_is_wrong(half_in: Client, device: TOTPDevice) -> None:
    other = make_device(make_account("kim", "administrator"))

    answer = half_in.post(CHECK, {"code": code_of(other.key)})

    assert errors_of(answer) == ["This code is wrong or was used already."]


def test_a_device_that_was_never_confirmed_is_none(half_in: Client, organiser: User) -> None:
    TOTPDevice.objects.create(user=organiser, name="draft", confirmed=False)

    assert is_in(half_in)
    assert second_factor.is_set_up(organiser) is False


def test_without_the_code_no_page_opens_and_nothing_can_be_set_up_anew(
    demanded: None, half_in: Client, device: TOTPDevice
) -> None:
    pages = [reverse("admin:index"), list_of(Exhibitor), reverse("admin:password_change"), CODES, STATUS]
    answers = [half_in.get(page) for page in pages]
    renewed = half_in.post(STATUS, {"renew": "1"})
    turned_off = half_in.post(STATUS, {"turn_off": "1"})
    session = half_in.session
    session["second_factor_key"] = "00" * 20
    session.save()
    replaced = half_in.post(SET_UP, {"code": code_of("00" * 20)})

    assert {answer.status_code for answer in (*answers, renewed, turned_off, replaced)} == {302}
    assert replaced["Location"].startswith(CHECK)
    assert (TOTPDevice.objects.get(), StaticDevice.objects.count()) == (device, 0)


def test_without_the_code_nothing_hidden_of_the_public_pages_shows(half_in: Client, device: TOTPDevice) -> None:
    edition = make_edition(is_public=False)
    before = half_in.get(edition.get_absolute_url()).status_code
    half_in.post(CHECK, {"code": code_of(device.key)})

    assert (before, half_in.get(edition.get_absolute_url()).status_code) == (404, 200)


def test_who_cannot_give_a_code_can_sign_out(half_in: Client, device: TOTPDevice) -> None:
    answer = half_in.post(reverse("admin:logout"))

    assert answer.status_code == 200
    assert half_in.get(CHECK)["Location"].startswith(reverse("admin:login"))


def test_an_account_may_still_be_changed_for_another_at_the_sign_in_page(half_in: Client, device: TOTPDevice) -> None:
    make_account("kim", "administrator")

    sign_in(half_in, "kim")

    assert is_in(half_in)


def test_a_page_that_has_nothing_to_ask_leads_on(half_in: Client, organiser: User) -> None:
    assert half_in.get(f"{CHECK}?next=/admin/exhibitors/")["Location"] == "/admin/exhibitors/"
    assert half_in.get(STATUS)["Location"] == f"{SET_UP}?next=/admin/"


def test_where_it_is_demanded_the_page_of_codes_leads_to_setting_it_up(demanded: None, half_in: Client) -> None:
    assert half_in.get(CHECK)["Location"].startswith(SET_UP)
    assert half_in.get(CODES)["Location"].startswith(SET_UP)


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"]
)
def test_no_page_leads_to_another_site(elsewhere: str, half_in: Client, device: TOTPDevice) -> None:
    query = f"?next={elsewhere}"
    page = half_in.get(CHECK + query)
    leads = [
        half_in.get(reverse("admin:login") + query)["Location"],
        half_in.post(CHECK + query, {"code": code_of(device.key)})["Location"],
        half_in.get(CHECK + query)["Location"],
        set_up(half_in, query)["Location"],
    ]

    assert page.context["next"] == "/admin/"
    assert leads == [f"{CHECK}?next=/admin/", "/admin/", "/admin/", f"{CODES}?next=/admin/"]
    assert f'href="{elsewhere}' not in half_in.get(CODES + query).content.decode()


# The phone is lost


@pytest.fixture
def recovery_codes(organiser: User, device: TOTPDevice) -> list[str]:
    return second_factor.renew_recovery_codes(organiser)


def test_a_recovery_code_lets_in_once_and_tells_how_many_are_left(half_in: Client, recovery_codes: list[str]) -> None:
    code = recovery_codes[0]
    first = half_in.post(CHECK, {"recovery_code": f"{code[:4]}-{code[4:]}".upper()}, follow=True)
    other = browser()
    sign_in(other)
    second = other.post(CHECK, {"recovery_code": code})

    assert told(first) == ["You used a recovery code. 9 are left."]
    assert is_in(half_in)
    assert errors_of(second, "recovery_form") == ["This code is wrong or was used already."]
    assert not is_in(other)


def test_guessing_recovery_codes_is_slowed_down(half_in: Client, recovery_codes: list[str]) -> None:
    StaticDevice.objects.update(throttling_failure_count=9, throttling_failure_timestamp=timezone.now())

    (text,) = errors_of(half_in.post(CHECK, {"recovery_code": recovery_codes[0]}), "recovery_form")

    assert text.startswith("Too many wrong codes.")
    assert StaticToken.objects.count() == 10


def test_without_recovery_codes_none_is_accepted(half_in: Client, device: TOTPDevice) -> None:
    answer = half_in.post(CHECK, {"recovery_code": "abcd2345"})

    assert errors_of(answer, "recovery_form") == ["This account has no code of this kind."]


# Afterwards


@pytest.fixture
def verified(half_in: Client, recovery_codes: list[str], device: TOTPDevice) -> Client:
    half_in.post(CHECK, {"code": code_of(device.key)})
    return half_in


def test_an_organiser_finds_it_in_the_head_of_every_page(verified: Client) -> None:
    assert f'<a href="{STATUS}">Two-step sign-in</a>' in verified.get(reverse("admin:index")).content.decode()
    assert "10 recovery codes are left." in verified.get(STATUS).content.decode()


def test_new_recovery_codes_replace_the_old(verified: Client, recovery_codes: list[str]) -> None:
    answer = verified.post(STATUS, {"renew": "1"}, follow=True)

    codes = answer.context["codes"]
    assert len(codes) == 10
    assert set(codes) & set(recovery_codes) == set()
    assert set(StaticToken.objects.values_list("token", flat=True)) == set(codes)


def test_another_phone_takes_the_place_of_the_first(verified: Client, device: TOTPDevice) -> None:
    other = browser()
    sign_in(other)
    TOTPDevice.objects.update(last_t=-1)
    other.post(CHECK, {"code": code_of(device.key)})
    were_in = is_in(other)

    set_up(verified)

    assert TOTPDevice.objects.get().key != device.key
    assert (were_in, is_in(verified), is_in(other)) == (True, True, False)


def test_it_can_be_turned_off_where_it_is_not_demanded(verified: Client) -> None:
    answer = verified.post(STATUS, {"turn_off": "1"}, follow=True)

    assert told(answer) == ["Two-step sign-in is off. Your password alone lets you in."]
    assert (TOTPDevice.objects.count(), StaticDevice.objects.count()) == (0, 0)


def test_it_cannot_be_turned_off_where_it_is_demanded(demanded: None, verified: Client) -> None:
    answer = verified.post(STATUS, {"turn_off": "1"})

    assert TOTPDevice.objects.count() == 1
    assert 'name="turn_off"' not in answer.content.decode()


def test_looking_at_the_page_changes_nothing(verified: Client, recovery_codes: list[str]) -> None:
    verified.get(STATUS, {"turn_off": "1", "renew": "1"})

    assert sorted(StaticToken.objects.values_list("token", flat=True)) == recovery_codes


def test_asking_for_it_costs_no_query_on_the_pages_of_the_desk(half_in: Client, django_assert_num_queries: Any) -> None:
    half_in.get(reverse("admin:password_change"))

    with django_assert_num_queries(2):  # the session, the account with whether it has a second factor
        half_in.get(reverse("admin:password_change"))


def test_nobody_is_shown_keys_and_codes_of_others(desk: Client) -> None:
    make_device(make_account("kim", "reader"))

    assert desk.get("/admin/otp_totp/totpdevice/", follow=True).status_code == 404
    assert desk.get("/admin/otp_static/staticdevice/", follow=True).status_code == 404
