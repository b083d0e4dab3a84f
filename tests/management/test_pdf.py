"""Machines on which no PDF can be written: what is missing is said in a sentence, never in a traceback."""

import importlib
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.utils import translation

from exhibitors.management import pdf
from tests.factories import make_edition, make_exhibitor
from tests.management.printed import print_pdf, skip_without_pdf

FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/cache</cachedir></fontconfig>"""


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def reload_afterwards() -> Iterator[None]:
    yield
    importlib.reload(pdf)


class NoLibraries:
    """Fails as WeasyPrint's own import does where the system lacks Pango."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None, target: object = None) -> ModuleSpec | None:
        if name == "weasyprint":
            print("WeasyPrint could not import some external libraries.")  # noqa: T201 as it does
            raise OSError("cannot load library 'libpango-1.0-0'")
        return None


def forget_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "exhibitors.management.weasy", raising=False)


@pytest.mark.django_db
def test_without_the_library_the_command_says_how_to_install_it(
    reload_afterwards: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make_exhibitor(make_edition())
    with monkeypatch.context() as without:
        forget_weasyprint(without)
        without.setitem(sys.modules, "weasyprint", None)  # what Python takes for "not installed"
        importlib.reload(pdf)

    with pytest.raises(CommandError, match=r"^WeasyPrint, .* pip install --require-hashes -r requirements-pdf\.txt$"):
        print_pdf(tmp_path / "list.pdf")

    assert list(tmp_path.iterdir()) == []


def test_without_the_systems_libraries_they_are_named(
    reload_afterwards: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as without:
        forget_weasyprint(without)
        without.setattr(sys, "meta_path", [NoLibraries, *sys.meta_path])
        importlib.reload(pdf)

    with pytest.raises(
        pdf.CannotWriteError, match=r"apt install libpango-1\.0-0 libpangoft2-1\.0-0 libharfbuzz-subset0$"
    ):
        pdf.write("<p>")

    assert capsys.readouterr().out == ""


def test_a_font_without_korean_is_not_enough(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    skip_without_pdf()
    (tmp_path / "fonts.conf").write_text(FONTS.format(folder=tmp_path))
    make_font(tmp_path / "fonts" / "latin.ttf", "abc ")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))

    written = pdf.write('<html lang="ko">abc x</html>')
    with pytest.raises(pdf.CannotWriteError, match=r"^No installed font has these Korean letters: 갂나\. Install one"):
        pdf.write('<html lang="ko">a나 갂</html>')

    assert written.undrawn == "x"


def test_without_any_font_the_process_lives_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    skip_without_pdf()
    (tmp_path / "fonts.conf").write_text(FONTS.format(folder=tmp_path))
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))

    with pytest.raises(pdf.CannotWriteError, match=r"^No installed font has these Korean letters: 가–힣\."):
        pdf.write('<html lang="ko">a</html>')


def make_font(path: Path, characters: str) -> None:
    """A font in which every one of the characters is the same box."""
    builders = importlib.import_module("fontTools.fontBuilder")
    pens = importlib.import_module("fontTools.pens.ttGlyphPen")
    pen = pens.TTGlyphPen(None)
    for step, corner in enumerate([(0, 0), (400, 0), (400, 600), (0, 600)]):
        (pen.lineTo if step else pen.moveTo)(corner)
    pen.closePath()
    box = pen.glyph()
    names = {ord(character): f"box{number}" for number, character in enumerate(characters)}
    glyphs = [".notdef", *names.values()]
    font = builders.FontBuilder(1000)
    font.setupGlyphOrder(glyphs)
    font.setupCharacterMap(names)
    font.setupGlyf(dict.fromkeys(glyphs, box))
    font.setupHorizontalMetrics(dict.fromkeys(glyphs, (500, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    path.parent.mkdir()
    font.save(path)
