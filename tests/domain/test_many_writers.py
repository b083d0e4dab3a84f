"""Four processes that write to SQLite at once: nobody is told that the database is locked, and nothing is lost."""

from contextlib import ExitStack
from multiprocessing.connection import Connection

import pytest
from django.db import connection
from reversion.models import Version

from exhibitors.domain import exhibitors, indexing, parts
from exhibitors.models import Booth, BoothMove, Edition, Exhibitor, Hall, Product
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_product
from tests.forked import forked

WRITERS, ROUNDS = 4, 6


def write(pipe: Connection, writer: int) -> None:
    """Add exhibitors to a hall that all share, change each, and rename the hall."""
    try:
        hall = Hall.objects.select_related("edition").get()
        for number in range(ROUNDS):
            name = f"{writer}번업체{number}"
            exhibitor = make_exhibitor(hall.edition, name, booths=[make_booth(hall, f"{writer}-{number}")])
            make_product(exhibitor, f"{name}의 품목")
            exhibitor.introduction_ko = "고쳤습니다."
            exhibitors.save(exhibitor)
            hall.name_ko = f"{name}의 관"
            parts.save_fields(hall, ["name_ko"])
    except Exception as error:  # the test tells of it
        pipe.send(repr(error))
    else:
        pipe.send("")


@pytest.mark.usefixtures("own_database")
def test_four_processes_lose_nothing_and_wait_for_each_other() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has a lock a row, not one for all")
    make_hall(make_edition())

    with ExitStack() as running:
        pipes = [running.enter_context(forked(write, writer))[1] for writer in range(WRITERS)]
        complaints = [pipe.recv() for pipe in pipes]

    names = {f"{writer}번업체{number}" for writer in range(WRITERS) for number in range(ROUNDS)}
    assert complaints == [""] * WRITERS
    assert set(Exhibitor.objects.filter(introduction_ko="고쳤습니다.").values_list("name_ko", flat=True)) == names
    assert set(Product.objects.values_list("name_ko", flat=True)) == {f"{name}의 품목" for name in names}
    assert Booth.objects.count() == BoothMove.objects.count() == len(names)
    assert list(indexing.stale(Exhibitor.objects.all())) == []
    assert Version.objects.get_for_model(Exhibitor).count() >= 2 * len(names)
    assert Edition.objects.get().search_version >= 2 * len(names)
