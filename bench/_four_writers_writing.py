"""Processes that write and read at once, and what is there afterwards."""

import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from multiprocessing.connection import Connection

from django.core.management import call_command
from django.db import DatabaseError, connection

from exhibitors.domain import exhibitors, indexing, new_booths, parts
from exhibitors.domain.directory import Directory
from exhibitors.models import Edition, Exhibitor, Hall, Product
from tests.domain.search.stored import search
from tests.factories import make_edition, make_exhibitor, make_hall, make_product
from tests.forked import forked

_WRITERS, _READERS = 4, 2


def measure(seconds: int, pause: int) -> None:
    call_command("migrate", verbosity=0)
    make_hall(make_edition())
    until = time.time() + seconds
    with ExitStack() as running:
        writers = [running.enter_context(forked(_write, number, until, pause / 1000))[1] for number in range(_WRITERS)]
        readers = [running.enter_context(forked(_read, until))[1] for _number in range(_READERS)]
        written = [pipe.recv() for pipe in writers]
        read = [pipe.recv() for pipe in readers]
    names = [name for done, _longest, _errors, own in written for name in own]
    errors = [error for told in (*written, *read) for error in told[2]]
    lost = _lost(names)
    writes = sum(told[0] for told in written)
    longest = max(told[1] for told in written) * 1000
    reads = sum(told[0] for told in read)
    print(
        f"{connection.display_name:12}{writes:>8}{writes / seconds:>10.0f}{longest:>12.0f}"
        f"{reads:>8}{len(errors):>8}{len(lost):>6}"
    )
    if errors or lost or list(indexing.stale(Exhibitor.objects.all())):
        sys.exit(f"Failed. Errors: {errors[:3]}, lost: {sorted(lost)[:3]}, or search columns are stale.")


def _lost(names: list[str]) -> set[str]:
    changed = set(Exhibitor.objects.filter(introduction_ko="고쳤습니다.").values_list("name_ko", flat=True))
    products = set(Product.objects.values_list("exhibitor__name_ko", flat=True))
    return set(names) - (changed & products)


def _write(pipe: Connection, writer: int, until: float, pause: float) -> None:
    hall = Hall.objects.select_related("edition").get()
    names: list[str] = []

    def once(number: int) -> int:
        name = f"{writer}번업체{number}"
        made = new_booths.create(hall, f"{writer}-{number}")
        exhibitor = make_exhibitor(hall.edition, name, booths=made.booths)
        make_product(exhibitor, f"{name}의 품목")
        exhibitor.introduction_ko = "고쳤습니다."
        exhibitors.save(exhibitor)
        names.append(name)
        if number % 10 == 0:
            hall.name_ko = f"{name}의 관"
            parts.save_fields(hall, ["name_ko"])
        return 5 if number % 10 == 0 else 4

    pipe.send((*_repeated(once, until, pause), names))


def _read(pipe: Connection, until: float) -> None:
    directory = Directory(Edition.objects.get())

    def once(_number: int) -> int:
        search(directory, "업체1")
        return 1

    pipe.send(_repeated(once, until))


def _repeated(work: Callable[[int], int], until: float, pause: float = 0) -> tuple[int, float, list[str]]:
    """How much was done until then, the longest round in seconds, and what the database complained of."""
    done, longest, errors, number = 0, 0.0, [], 0
    while time.time() < until:
        began = time.perf_counter()
        try:
            done += work(number)
        except DatabaseError as error:
            errors.append(repr(error))
        longest = max(longest, time.perf_counter() - began)
        number += 1
        time.sleep(pause)
    return done, longest, errors
