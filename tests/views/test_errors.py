"""Error pages speak both languages, whatever failed."""

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import reverse

from exhibitors.models import Hall
from exhibitors.views import errors
from tests.factories import make_edition, make_hall, make_organiser

TEXTS = {
    400: ("요청을 이해하지 못했습니다", "This address cannot be understood"),
    403: ("이 페이지를 볼 수 없습니다", "You may not see this page"),
    404: ("찾는 페이지가 없습니다", "This page does not exist"),
    500: ("문제가 생겼습니다", "Something went wrong on our side"),
}
VIEWS = {
    400: errors.bad_request,
    403: errors.permission_denied,
    404: errors.page_not_found,
}


@pytest.mark.parametrize("status", sorted(VIEWS))
def test_says_what_happened_in_both_languages(rf: RequestFactory, status: int) -> None:
    response = VIEWS[status](rf.get("/"), ValueError("secret"))
    html = response.content.decode()
    assert response.status_code == status
    for text in TEXTS[status]:
        assert text in html
    assert "secret" not in html


def test_a_failure_of_ours_says_so_in_both_languages(rf: RequestFactory) -> None:
    response = errors.server_error(rf.get("/"))
    assert response.status_code == 500
    for text in TEXTS[500]:
        assert text in response.content.decode()


def test_an_expired_form_says_that_nothing_was_saved(rf: RequestFactory) -> None:
    response = errors.csrf_failure(rf.post("/"))
    assert response.status_code == 403
    assert "양식이 만료되었습니다" in response.content.decode()


@pytest.mark.django_db
def test_an_unknown_host_is_refused(client: Client) -> None:
    assert client.get("/ko/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.django_db
def test_every_page_forbids_inline_code_and_foreign_hosts(client: Client) -> None:
    policy = client.get("/ko/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


class Down:
    """A database that answers nothing but questions of a few kinds."""

    def __init__(self, *, but: str = "", error: type[Exception] = OperationalError) -> None:
        self.but, self.error = but, error

    def __call__(self, execute: Any, sql: str, *more: Any) -> Any:
        if self.but and sql.startswith(self.but):
            return execute(sql, *more)
        raise self.error("database or disk is full")


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_without_the_database_a_page_says_so_and_when_to_come_back(client: Client, error: type[Exception]) -> None:
    client.raise_request_exception = False
    with connection.execute_wrapper(Down(error=error)):
        response = client.get("/ko/2024/exhibitors/", {"q": "전기"})
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "지금은 데이터에 연결할 수 없습니다" in page
    assert "The data cannot be reached at the moment" in page
    assert 'href="/ko/2024/exhibitors/?q=%EC%A0%84%EA%B8%B0"' in page
    assert "no-store" in response["Cache-Control"]
    assert "<form" not in page


@pytest.mark.django_db
def test_what_was_typed_comes_back_and_is_saved_when_it_is_sent_once_more(client: Client) -> None:
    client.raise_request_exception = False
    hall = make_hall(make_edition())
    client.force_login(make_organiser())
    address = reverse("admin:exhibitors_hall_change", args=[hall.pk])
    fields = client.get(address).context["adminform"].form.initial
    typed = {name: value for name, value in fields.items() if value is not None}
    typed |= {"name_ko": '\n<새> "이름"', "name_en": "Renamed", "_save": "Save"}
    with connection.execute_wrapper(Down(but="SELECT")):
        response = client.post(address, typed)
    assert response.status_code == 503
    assert Hall.objects.get().name_ko == "혁신관"

    page = response.content.decode()
    (form, _english) = re.findall(r'<form method="post" action="([^"]*)">(.*?)</form>', page, re.DOTALL)
    assert html.unescape(form[0]) == address
    kept = {name: html.unescape(value) for name, value in re.findall(TEXT_AREA, form[1], re.DOTALL)}
    assert kept == {name: str(value) for name, value in typed.items()}
    assert client.post(address, kept).status_code == 302
    assert (Hall.objects.get().name_ko.strip(), Hall.objects.get().name_en) == ('<새> "이름"', "Renamed")


# A browser leaves out the line break that follows the tag.
TEXT_AREA = r'<textarea name="([^"]*)" hidden>\n(.*?)</textarea>'


def test_passwords_and_files_have_to_be_given_again(rf: RequestFactory) -> None:
    typed = {"username": "kim", "password": "hidden-1", "file": SimpleUploadedFile("부스.xlsx", b"x")}
    page = errors.unavailable(rf.post("/admin/login/", typed)).content.decode()
    assert "hidden-1" not in page
    assert dict(re.findall(TEXT_AREA, page, re.DOTALL)) == {"username": "kim"}
    assert "부스.xlsx" in page
    assert "비밀번호는 남겨 두지 않으므로" in page


@pytest.mark.django_db
def test_other_failures_are_no_matter_of_the_database(client: Client) -> None:
    client.raise_request_exception = False
    with connection.execute_wrapper(Down(error=ZeroDivisionError)):
        response = client.get("/ko/2024/exhibitors/")
    assert response.status_code == 500
