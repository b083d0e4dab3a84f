"""Whole lists are made one at a time, pages beside them; a list that cannot be made holds up nobody."""

import threading
import time

import pytest

from exhibitors.urls import urlpatterns
from exhibitors.views.in_turn import Turns, in_turn

WHOLE_LISTS = {
    "exhibitors_csv",
    "exhibitors_xlsx",
    "exhibitors_json",
    "print_booths",
    "print_directory",
    "print_pages",
    "print_signs",
    "print_run",
    "print_run_errata",
}


def test_the_views_of_whole_lists_are_those_that_wait() -> None:
    waiting = {pattern.name for pattern in urlpatterns if is_in_turn(pattern.callback)}
    assert waiting == WHOLE_LISTS


def is_in_turn(view: object) -> bool:
    """Whether one of the functions that a view wraps is the waiting one."""
    while view is not None:
        if "in_turn.<locals>" in getattr(getattr(view, "__code__", None), "co_qualname", ""):
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def test_a_second_list_waits_for_the_first() -> None:
    at_work, may_end = threading.Event(), threading.Event()
    order: list[str] = []

    @in_turn
    def slow() -> None:
        at_work.set()
        may_end.wait()
        order.append("slow")

    @in_turn
    def quick() -> None:
        order.append("quick")

    first, second = threading.Thread(target=slow), threading.Thread(target=quick)
    first.start()
    at_work.wait()
    second.start()
    may_end.set()
    first.join()
    second.join()
    assert order == ["slow", "quick"]


def test_whoever_has_waited_longest_is_next() -> None:
    turns, order, waiting = Turns(), [], []

    def work(number: int) -> None:
        with turns:
            order.append(number)

    with turns:
        for number in range(8):
            thread = threading.Thread(target=work, args=(number,))
            thread.start()
            waiting.append(thread)
            while len(turns._waiting) <= number:
                time.sleep(0.001)
    for thread in waiting:
        thread.join()
    assert order == list(range(8))
    with turns:
        assert not turns._waiting


def test_a_list_that_fails_lets_the_next_one_begin() -> None:
    @in_turn
    def broken() -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        broken()
    assert in_turn(lambda: "made")() == "made"
