"""The encoding of a text is found by itself, or taken as asked."""

import pytest

from exhibitors.domain.importing import FileRefusedError
from exhibitors.domain.importing.encodings import decode

KOREAN = "회사명,똠방각하,펲시,샾인샾"  # three syllables that CP949 has and EUC-KR has not


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (KOREAN.encode("utf-8"), "utf-8"),
        (KOREAN.encode("utf-8-sig"), "utf-8"),
        (KOREAN.encode("cp949"), "cp949"),
        (KOREAN.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + KOREAN.encode("utf-16-be"), "utf-16"),
    ],
)
def test_korean_text_is_read_in_every_encoding_that_offices_use(data: bytes, encoding: str) -> None:
    decoded = decode(data)

    assert (decoded.text, decoded.encoding) == (KOREAN, encoding)


def test_windows_1252_comes_last() -> None:
    decoded = decode("Café Zoë – “Brot”".encode("windows-1252"))

    assert (decoded.text, decoded.encoding) == ("Café Zoë – “Brot”", "windows-1252")


def test_windows_1252_can_be_asked_for_where_cp949_would_fit() -> None:
    data = "Größe".encode("windows-1252")  # öß is also a Hangul syllable

    assert decode(data).encoding == "cp949"
    assert decode(data, "windows-1252").text == "Größe"


def test_an_encoding_that_does_not_fit_is_refused() -> None:
    with pytest.raises(FileRefusedError, match="not in the encoding utf-8"):
        decode(KOREAN.encode("cp949"), "utf-8")


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, bytes(300), b"%PDF-1.7\n" + bytes(range(256))]
)
def test_programs_and_pictures_are_no_text(data: bytes) -> None:
    with pytest.raises(FileRefusedError, match="no spreadsheet"):
        decode(data)


def test_a_stray_nul_does_not_make_a_text_binary() -> None:
    assert decode(b"name\nA\x00B\n").text == "name\nA\x00B\n"
