"""Error pages speak both languages, whatever failed."""

import pytest
from django.test import Client, RequestFactory

from exhibitors.views import errors

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
