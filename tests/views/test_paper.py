"""What a list on paper shows of a name is what the pages show."""

from dataclasses import dataclass

import pytest
from django.utils import translation

from exhibitors.models.fields import other, pick
from exhibitors.templatetags import paper
from exhibitors.templatetags.expo import marked


@dataclass(frozen=True)
class Named:
    name_ko: str
    name_en: str


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("names", [("가람", ""), ("", "Garam"), ("가람", "Garam"), ("3M", "3M"), ("<가>", "<G & 'a'>")])
def test_both_names_are_those_of_the_pages(names: tuple[str, str], language: str) -> None:
    named = Named(*names)
    with translation.override(language):
        assert paper._text(named, "name", language) == marked(pick(named, "name"))
        second = other(named, "name")
    told_language, told = paper._second(named, language)
    assert told == second.text
    if told:
        assert told_language == second.language
