"""Four processes write and read at once: each sees its own writes at once, and others' after a second at most."""

import json
from pathlib import Path

import pytest

from tests.factories import make_edition, make_exhibitor
from tests.processes import finish_all, start

PROCESSES = 4
SECONDS = 4

# Each writes a number into the name of its own exhibitor and notes it, with the time, when that is committed; then it
# looks at all. `behind` is whatever was committed more than a second before the page was asked for and is not on it.
WORK = """
import json, re, time
from pathlib import Path
from exhibitors.domain import exhibitors as verbs
from exhibitors.domain.data_version import watch
from exhibitors.models import Exhibitor
from expo.requests import Handler
from expo.page_store import PageStore
from expo.page_store.pages import Pages
from tests.light import light_settings
from tests.page_store.asking import ask

light_settings().enable()
folder = Path(folder)
store = PageStore(Handler(), watch=watch, pages=Pages(8 * 1024 * 1024))
(folder / f"ready-{me}").touch()
while not all((folder / f"ready-{other}").exists() for other in range(count)):
    time.sleep(0.01)

def committed_before(moment):
    latest = [0] * count
    for other in range(count):
        file = folder / f"log-{other}"
        for line in file.read_text().splitlines() if file.exists() else ():
            number, at = line.split() if line.count(" ") == 1 else (0, moment)
            if float(at) < moment:
                latest[other] = max(latest[other], int(number))
    return latest

def shown():
    page = ask(store, "/ko/2024/exhibitors/").text
    found = dict(re.findall(r"업체(\\d)번(\\d+)", page))
    return [int(found[str(other)]) for other in range(count)]

written = reads = 0
behind, own = [], []
end = time.time() + seconds
with (folder / f"log-{me}").open("a", buffering=1) as log:
    while time.time() < end:
        exhibitor = Exhibitor.objects.get(slug=f"process-{me}")
        exhibitor.name_ko = f"업체{me}번{written + 1:04d}"
        verbs.save(exhibitor)
        written += 1
        log.write(f"{written} {time.time()}\\n")
        if shown()[me] != written:
            own.append(written)
        for _ in range(3):
            wanted = committed_before(time.time() - 1)
            if any(seen < least for seen, least in zip(shown(), wanted)):
                behind.append(written)
            reads += 1
print(json.dumps({"written": written, "reads": reads, "behind": behind, "own": own}))
"""


@pytest.mark.django_db(transaction=True)
def test_nobody_is_more_than_a_second_behind_and_writers_not_at_all(tmp_path: Path) -> None:
    edition = make_edition()
    for number in range(PROCESSES):
        make_exhibitor(edition, f"업체{number}번0000", slug=f"process-{number}")
    running = [
        start(f"me, count, seconds, folder = {number}, {PROCESSES}, {SECONDS}, {str(tmp_path)!r}\n{WORK}")
        for number in range(PROCESSES)
    ]
    results = [json.loads(output) for output in finish_all(running)]
    assert [(result["behind"], result["own"]) for result in results] == [([], [])] * PROCESSES
    assert all(result["written"] > 0 and result["reads"] > 0 for result in results)
