"""Four processes write to one SQLite database and two read it: no "database is locked", nothing lost, or it fails.

`python3 dev.py bench four_writers`, or `… -- 60 100` for 60 seconds and pauses of 100 ms. In each round a writer
creates a booth, puts a new exhibitor there, adds a product, changes the exhibitor and sometimes renames the hall that
all share, through the functions that the desk uses, each a transaction with its history and search columns; then it
pauses. The readers search the list without a pause. Last result (2 cores, Python 3.11, SQLite 3.40, beside three other
processes):

    pause ms  seconds  writes  a second  longest round ms   reads  errors  lost
         100       30     661        22              4768   13682       0     0
           0       10     532        53             10059   11368       0     0
           0       45    1814        40             23213   50376       2     0

Without any pause it does fail, sooner or later: SQLite's waiting is no queue but a trying again, at last every 100 ms,
so writers that never rest can keep one of them waiting beyond the timeout of 20 s. It is told so, and nothing is lost.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import _apart  # noqa: E402 the path comes first

SECONDS, PAUSE = 30, 100


def main(seconds: int = SECONDS, pause: int = PAUSE) -> None:
    print(f"{'':12}{'writes':>8}{'a second':>10}{'longest ms':>12}{'reads':>8}{'errors':>8}{'lost':>6}")
    _apart.run("_four_writers_writing", seconds, pause, vendors=("SQLite",))


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
