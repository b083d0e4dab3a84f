"""QR codes, which lead from paper to a page."""

import segno

QUIET_ZONE = 4  # modules, as the standard asks


def drawing(address: str) -> str:
    """Return the code of an address as an SVG element, to be shown at any size.

    An element, as a browser takes a minute to open thousands of pictures. The mask is given, as trying all eight costs
    four times the time; a code of any mask is read alike.
    """
    code = segno.make(address, error="m", micro=False, boost_error=False, mask=3)
    return code.svg_inline(border=QUIET_ZONE, omitsize=True, svgclass=None, lineclass=None)
