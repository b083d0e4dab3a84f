"""Pictures: what is accepted, what comes out of it, and what is refused with which sentence."""

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import translation
from PIL import Image

from exhibitors.models import Exhibitor
from exhibitors.models.picture import MAX_BYTES, encode
from tests.factories import make_edition, make_exhibitor, make_picture

UNREADABLE = "This is no picture that can be read. Use a PNG, JPEG or WebP file."
TOO_LARGE = "The picture is larger than 10 MB. Save it smaller."
TOO_MANY_PIXELS = "The picture has more than 40 megapixels. Save it smaller."


def save(image: Image.Image, picture_format: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, picture_format, **options)
    return buffer.getvalue()


def decode(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds one row of it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"\x00" * 10))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def refusal(data: bytes) -> str:
    with translation.override("en"):
        with pytest.raises(ValidationError) as caught:
            encode(data)
        return str(caught.value.messages[0])


@pytest.mark.parametrize("picture_format", ["PNG", "JPEG", "WEBP"])
def test_each_accepted_format_becomes_webp_in_all_widths(picture_format: str) -> None:
    variants = encode(make_picture(1000, 500, picture_format))

    pictures = [decode(variant.content) for variant in variants]
    assert [(picture.format, picture.size) for picture in pictures] == [
        ("WEBP", (112, 56)),
        ("WEBP", (224, 112)),
        ("WEBP", (400, 200)),
        ("WEBP", (800, 400)),
    ]


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (800, [112, 224, 400, 800]),
        (799, [112, 224, 400, 799]),
        (400, [112, 224, 400]),
        (300, [112, 224, 300]),
        (112, [112]),
        (40, [40]),
        (1, [1]),
    ],
)
def test_a_picture_is_never_blown_up(width: int, expected: list[int]) -> None:
    assert [variant.width for variant in encode(make_picture(width, 30))] == expected


def test_a_very_flat_picture_keeps_one_pixel_of_height() -> None:
    variants = encode(make_picture(2000, 1))

    assert [decode(variant.content).size for variant in variants] == [(112, 1), (224, 1), (400, 1), (800, 1)]


def test_a_picture_too_tall_for_webp_says_so() -> None:
    assert refusal(make_picture(10, 16_384)) == "The picture is far too tall for its width. Cut it to what matters."


def test_the_tallest_picture_is_taken() -> None:
    assert [decode(variant.content).size for variant in encode(make_picture(10, 16_383))] == [(10, 16_383)]


def test_the_name_tells_the_content_and_the_size() -> None:
    first, again, other = make_picture(900, 600), make_picture(900, 600), make_picture(900, 600, colour="#ffffff")

    assert [variant.name for variant in encode(first)] == [variant.name for variant in encode(again)]
    assert encode(first)[-1].name != encode(other)[-1].name
    assert encode(first)[-1].name.endswith("-800x533-800.webp")


def test_what_hides_behind_a_png_is_dropped() -> None:
    tail = b"<html><script>alert(1)</script></html>"
    polyglot = make_picture() + tail

    variants = encode(polyglot)

    assert [tail in variant.content for variant in variants] == [False] * 4
    assert [b"script" in variant.content for variant in variants] == [False] * 4


def test_text_inside_a_picture_is_dropped() -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    data = save(Image.new("RGB", (120, 120)), "JPEG", exif=exif, comment=b"secret comment")
    assert b"secret place" in data
    assert b"secret comment" in data

    assert [b"secret" in variant.content for variant in encode(data)] == [False, False]


def test_a_turned_jpeg_stands_upright() -> None:
    image = Image.new("RGB", (200, 100), "#ffffff")
    image.paste("#d00000", (0, 0, 50, 100))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright: turn right to see it
    variants = encode(save(image, "JPEG", exif=exif))

    upright = decode(variants[-1].content).convert("RGB")
    assert upright.size == (100, 200)
    top, bottom = upright.getpixel((50, 10)), upright.getpixel((50, 190))
    assert top[0] - top[1] > 100  # type: ignore[index]  # red
    assert min(bottom) > 230  # type: ignore[arg-type]  # white


def test_a_cmyk_jpeg_becomes_rgb() -> None:
    data = save(Image.new("CMYK", (120, 60), (0, 255, 255, 0)), "JPEG")

    picture = decode(encode(data)[-1].content)

    assert picture.mode == "RGB"
    red, green, blue = picture.getpixel((60, 30))  # type: ignore[misc]
    assert red > 200
    assert max(green, blue) < 80


def test_sixteen_bits_become_eight_and_stay_as_light() -> None:
    sixteen = Image.new("I;16", (120, 60), 0x8000)

    picture = decode(encode(save(sixteen, "PNG"))[-1].content).convert("L")

    assert abs(int(picture.getpixel((60, 30))) - 0x80) <= 6  # type: ignore[arg-type]


def test_a_palette_keeps_its_transparency() -> None:
    palette = Image.new("P", (120, 60), 1)
    palette.putpalette([255, 255, 255, 0, 0, 200])
    palette.paste(0, (0, 0, 60, 60))
    data = save(palette, "PNG", transparency=0)

    picture = decode(encode(data)[-1].content)

    assert picture.mode == "RGBA"
    assert picture.getpixel((10, 30))[3] == 0  # type: ignore[index]
    assert picture.getpixel((110, 30))[3] == 255  # type: ignore[index]


def test_a_transparent_png_keeps_its_transparency() -> None:
    image = Image.new("RGBA", (120, 60), (0, 0, 0, 0))
    image.paste((200, 0, 0, 255), (60, 0, 120, 60))

    picture = decode(encode(save(image, "PNG"))[-1].content)

    assert (picture.getpixel((5, 30))[3], picture.getpixel((115, 30))[3]) == (0, 255)  # type: ignore[index]


def test_of_a_moving_picture_the_first_frame_is_taken() -> None:
    frames = [Image.new("RGB", (120, 120), colour) for colour in ("#ff0000", "#0000ff")]
    data = save(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=100)

    picture = decode(encode(data)[-1].content)

    assert getattr(picture, "n_frames", 1) == 1
    assert picture.convert("RGB").getpixel((60, 60))[0] > 200  # type: ignore[index]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', id="svg"),
        pytest.param(save(Image.new("P", (20, 20)), "GIF"), id="gif"),
        pytest.param(save(Image.new("RGB", (20, 20)), "BMP"), id="bmp"),
        pytest.param(save(Image.new("RGB", (20, 20)), "TIFF"), id="tiff"),
        pytest.param(b"just words", id="text"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"%PDF-1.7\n", id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n", id="signature alone"),
        pytest.param(make_picture()[:-200], id="truncated png"),
        pytest.param(make_picture(picture_format="JPEG")[:400], id="truncated jpeg"),
        pytest.param(make_picture(picture_format="WEBP")[:60], id="truncated webp"),
        pytest.param(png_header(500, 500), id="rows missing"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(data: bytes) -> None:
    assert refusal(data) == UNREADABLE


def test_too_many_bytes_are_refused_before_they_are_read() -> None:
    assert refusal(make_picture(20, 20) + b"\0" * MAX_BYTES) == TOO_LARGE


def test_as_many_bytes_as_allowed_pass() -> None:
    data = make_picture(20, 20)

    assert encode(data + b"\0" * (MAX_BYTES - len(data)))


@pytest.mark.parametrize(("width", "height"), [(6325, 6325), (40_001, 1000), (100_000, 100_000), (2**31 - 1, 1)])
def test_too_many_pixels_are_refused_by_the_header(width: int, height: int) -> None:
    assert refusal(png_header(width, height)) in {TOO_MANY_PIXELS, UNREADABLE}


def test_one_pixel_too_many_says_so() -> None:
    assert refusal(png_header(40_000_001, 1)) == TOO_MANY_PIXELS


@pytest.mark.django_db
def test_a_stored_picture_knows_its_size_and_variants_without_opening_a_file() -> None:
    exhibitor = make_exhibitor(make_edition())
    exhibitor.logo = SimpleUploadedFile("Logo (final) 최종.PNG", make_picture(900, 600))
    exhibitor.save()

    logo: Any = Exhibitor.objects.get(pk=exhibitor.pk).logo
    names = [name for name, _width in logo.variants()]
    assert default_storage.exists(logo.name)
    default_storage.delete(logo.name)
    assert (logo.width, logo.height) == (800, 533)
    assert [width for _name, width in logo.variants()] == [112, 224, 400, 800]
    assert all(name.startswith("/media/pictures/") for name in names)
    assert "최종" not in "".join(names)


@pytest.mark.django_db
def test_every_variant_that_a_template_may_ask_for_is_in_the_storage() -> None:
    exhibitor = make_exhibitor(make_edition())
    exhibitor.logo = SimpleUploadedFile("logo.png", make_picture(300, 200))
    exhibitor.save()

    names = [address.removeprefix("/media/") for address, _width in exhibitor.logo.variants()]

    assert [default_storage.exists(name) for name in names] == [True, True, True]


@pytest.mark.django_db
def test_a_broken_picture_never_reaches_the_storage() -> None:
    exhibitor = make_exhibitor(make_edition())
    exhibitor.logo = SimpleUploadedFile("logo.png", b"just words")

    with pytest.raises(ValidationError), transaction.atomic():
        exhibitor.save()

    assert not default_storage.exists("pictures")
    assert Exhibitor.objects.get(pk=exhibitor.pk).logo.name == ""


@pytest.mark.django_db
def test_the_same_picture_twice_is_stored_once() -> None:
    edition = make_edition()
    first, second = make_exhibitor(edition), make_exhibitor(edition)
    for exhibitor in (first, second):
        exhibitor.logo = SimpleUploadedFile("logo.png", make_picture())
        exhibitor.save()

    assert first.logo.name == second.logo.name
