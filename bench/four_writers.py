"""Four processes write to one SQLite database and two read it: no "database is locked", nothing lost, or it fails.

`python3 dev.py bench four_writers`, or `… -- 60 100` for 60 seconds and pauses of 100 ms. In each round a writer
creates a booth, puts a new exhibitor there, adds a product, changes the exhibitor and sometimes renames the hall that
all share, through the functions that the desk uses, each a transaction with its history and search columns; then it
pauses. The readers search the list without a pause. Last result (2 cores, Python 3.11, SQLite 3.40, beside three other
processes):

    pause ms  seconds  writes  a second  longest round ms   reads  errors  lost
         100       30    1696        57              1046   42922       0     0
           0       45    1548        34              1999   49659       0     0

SQLite's own waiting is no queue but a trying again, at last every 100 ms: before writers stood in one
(expo/sqlite_in_turn), the longest round without pauses was 23,213 ms, and two rounds of 1,814 failed at 20 s.
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
