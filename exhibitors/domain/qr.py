"""QR codes, which lead from paper to a page."""

from dataclasses import dataclass

import segno

QUIET_ZONE = 4  # modules, as the standard asks
NARROW_ZONE = 2  # modules, where what is around is white too


@dataclass(frozen=True)
class Picture:
    """A code as the source of a picture, without any request, and its address as text."""

    source: str
    address: str


def picture(address: str) -> Picture:
    """Return the code of a short address, coarse enough for bad paper."""
    code = segno.make(address, error="m", micro=False)
    return Picture(code.svg_data_uri(border=NARROW_ZONE, omitsize=True), address)


def drawing(address: str) -> str:
    """Return the code of an address as an SVG element, to be shown at any size.

    An element, as a browser takes a minute to open thousands of pictures. The mask is given, as trying all eight costs
    four times the time; a code of any mask is read alike.
    """
    code = segno.make(address, error="m", micro=False, boost_error=False, mask=3)
    return code.svg_inline(border=QUIET_ZONE, omitsize=True, svgclass=None, lineclass=None)
