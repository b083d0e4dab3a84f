"""QR codes, which lead from paper to a page."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import segno

QUIET_ZONE = 4  # modules, as the standard asks
NARROW_ZONE = 2  # modules, where what is around is white too
LONGEST = 300  # characters; a code of more is too fine
KEPT = 2000  # codes of 3 kB: those of a large hall, which stay the same when its list does not


@dataclass(frozen=True)
class Picture:
    """A code as the source of a picture, without any request, and its address as text."""

    source: str
    address: str


def picture(address: str) -> Picture:
    """Return the code of a short address, coarse enough for bad paper."""
    code = segno.make(address, error="m", micro=False)
    return Picture(code.svg_data_uri(border=NARROW_ZONE, omitsize=True), address)


@lru_cache(maxsize=KEPT)
def drawing(address: str) -> str:
    """Return the code of an address as an SVG element, to be shown at any size. Takes 0.6 ms where it is not kept.

    An element, as a browser takes a minute to open thousands of pictures.
    """
    size, path = _drawn(address, error="m")
    return f'<svg viewBox="0 0 {size} {size}"><path stroke="#000" d="{path}"/></svg>'


def svg(address: str) -> str:
    """Return the code of an address as an SVG file, for a screen: as coarse as it can be, as nothing is torn there."""
    size, path = _drawn(address, error="l")
    box = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"'
    return f'<svg {box}><path stroke="#000" d="{path}"/></svg>'


def is_short_enough(address: str) -> bool:
    """Whether a phone's camera can read the code of an address from a screen."""
    return len(address) <= LONGEST


def _drawn(address: str, *, error: Literal["l", "m"]) -> tuple[int, str]:
    """The width in modules, with the quiet zone, and the path of a code.

    The mask is given, as trying all eight costs four times the time; a code of any mask is read alike. Drawn here, in a
    quarter of the time that the library takes.
    """
    rows = segno.make(address, error=error, micro=False, boost_error=False, mask=3).matrix
    size = len(rows) + 2 * QUIET_ZONE
    runs = ((number, run.start(), run.end()) for number, row in enumerate(rows) for run in _DARK.finditer(row))
    path, x, y = [f"M{QUIET_ZONE} {QUIET_ZONE}.5"], 0, 0
    for number, start, end in runs:
        path.append(f"m{start - x} {number - y}h{end - start}")
        x, y = end, number
    path[:2] = [path[0] + path[1].removeprefix("m0 0")]  # a code begins with a dark corner
    return size, "".join(path)


_DARK = re.compile(b"\x01+")
