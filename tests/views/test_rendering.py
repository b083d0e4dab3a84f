"""What a page was made of is gone as soon as it is made."""

import gc
import weakref

from django.test import RequestFactory

from exhibitors.views.rendering import render


class Content:
    """Something large that a page shows."""


def test_a_page_leaves_nothing_to_the_garbage_collector() -> None:
    content = Content()
    gone = weakref.ref(content)
    gc.disable()
    try:
        answer = render(RequestFactory().get("/ko/"), "400.html", {"content": content}, status=400)
        del content
        assert gone() is None
    finally:
        gc.enable()
    assert answer.status_code == 400
    assert answer["Content-Type"] == "text/html; charset=utf-8"
