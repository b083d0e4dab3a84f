"""What can be wrong with a row, and the sentences that say so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exhibitors.domain.importing.cells import column_letters, excerpt


class Reason(StrEnum):
    """Why a row is left out."""

    NO_NAME = "no_name"
    NAME_WITHOUT_LETTERS = "name_without_letters"
    REPEATED_IN_FILE = "repeated_in_file"
    SEVERAL_IN_EDITION = "several_in_edition"
    TOO_LONG = "too_long"
    NOT_A_HOMEPAGE = "not_a_homepage"
    NOT_AN_EMAIL = "not_an_email"
    NOT_A_PHONE = "not_a_phone"
    CELL_ERROR = "cell_error"
    NO_RESULT = "no_result"
    MERGED_ACROSS = "merged_across"
    HALL_NAME = "hall_name"
    HALL_UNKNOWN = "hall_unknown"
    HALL_AMBIGUOUS = "hall_ambiguous"
    HALL_MISSING = "hall_missing"
    HALLS_AND_BOOTHS = "halls_and_booths"
    HALL_CONTRADICTED = "hall_contradicted"
    BOOTH_RANGE = "booth_range"
    BOOTH_SHORTHAND = "booth_shorthand"
    BOOTH_TOO_LONG = "booth_too_long"
    BOOTH_UNKNOWN = "booth_unknown"
    INDUSTRY_TOO_LONG = "industry_too_long"
    INDUSTRY_UNKNOWN = "industry_unknown"
    INDUSTRY_AMBIGUOUS = "industry_ambiguous"


SENTENCES: Mapping[Reason, Promise] = MappingProxyType(
    {
        Reason.NO_NAME: _("The row has content but no name of a company."),
        Reason.NAME_WITHOUT_LETTERS: _("The name has neither letters nor digits."),
        Reason.REPEATED_IN_FILE: _("The same company already stands in row %(first)d. Leave one of the two."),
        Reason.SEVERAL_IN_EDITION: _(
            "%(count)d exhibitors of the edition have this name. Add a column with the company code."
        ),
        Reason.TOO_LONG: _("The text has %(length)d characters; %(limit)d are allowed."),
        Reason.NOT_A_HOMEPAGE: _("This is no web address. Write one address like www.example.com."),
        Reason.NOT_AN_EMAIL: _("This is no e-mail address. Write one address like desk@example.com."),
        Reason.NOT_A_PHONE: _("This is no phone number. Write digits, at most %(limit)d characters."),
        Reason.CELL_ERROR: _("The cell shows an error. Correct it in Excel."),
        Reason.NO_RESULT: _("The formula has no stored result. Open the file in Excel and save it again."),
        Reason.MERGED_ACROSS: _(
            "The name is merged over several columns, as in a heading. Remove the row, or unmerge the cell."
        ),
        Reason.HALL_NAME: _(
            "This cannot be the name of a hall: one line of at most %(limit)d characters, without brackets of programs."
        ),
        Reason.HALL_UNKNOWN: _("The edition has no hall '%(name)s'. Correct the name, or have it created (--create)."),
        Reason.HALL_AMBIGUOUS: _("Several halls answer to '%(name)s'. Write the hall's full name."),
        Reason.HALL_MISSING: _(
            "No hall is given for booth %(number)s. Add the hall, or name one for all such rows (--hall)."
        ),
        Reason.HALLS_AND_BOOTHS: _(
            "%(halls)d halls and %(booths)d booths: write as many booths as halls, or one hall."
        ),
        Reason.HALL_CONTRADICTED: _("The booth cell names hall '%(booth)s', the hall cell '%(hall)s'."),
        Reason.BOOTH_RANGE: _("Write each booth of the range by itself, for example A-01; A-02; A-03."),
        Reason.BOOTH_SHORTHAND: _("Write each booth in full, for example J2; J3."),
        Reason.BOOTH_TOO_LONG: _("The booth number '%(number)s' has %(length)d characters; %(limit)d are allowed."),
        Reason.BOOTH_UNKNOWN: _(
            "Hall %(hall)s has no booth %(number)s. Correct the number, or have it created (--create)."
        ),
        Reason.INDUSTRY_TOO_LONG: _("The industry '%(name)s' has %(length)d characters; %(limit)d are allowed."),
        Reason.INDUSTRY_UNKNOWN: _(
            "The edition has no industry '%(name)s'. Correct the name, or have it created (--create)."
        ),
        Reason.INDUSTRY_AMBIGUOUS: _("Several industries answer to '%(name)s'. Write the industry's full name."),
    }
)

LABELS: Mapping[Reason, Promise] = MappingProxyType(
    {
        Reason.NO_NAME: _("no name"),
        Reason.NAME_WITHOUT_LETTERS: _("name without letters"),
        Reason.REPEATED_IN_FILE: _("company twice in the file"),
        Reason.SEVERAL_IN_EDITION: _("name several times in the edition"),
        Reason.TOO_LONG: _("text too long"),
        Reason.NOT_A_HOMEPAGE: _("no web address"),
        Reason.NOT_AN_EMAIL: _("no e-mail address"),
        Reason.NOT_A_PHONE: _("no phone number"),
        Reason.CELL_ERROR: _("error in the cell"),
        Reason.NO_RESULT: _("formula without result"),
        Reason.MERGED_ACROSS: _("name merged over columns"),
        Reason.HALL_NAME: _("no name of a hall"),
        Reason.HALL_UNKNOWN: _("unknown hall"),
        Reason.HALL_AMBIGUOUS: _("hall not clear"),
        Reason.HALL_MISSING: _("booth without a hall"),
        Reason.HALLS_AND_BOOTHS: _("halls and booths do not pair"),
        Reason.HALL_CONTRADICTED: _("hall and booth contradict"),
        Reason.BOOTH_RANGE: _("range of booths"),
        Reason.BOOTH_SHORTHAND: _("booth in short form"),
        Reason.BOOTH_TOO_LONG: _("booth number too long"),
        Reason.BOOTH_UNKNOWN: _("unknown booth"),
        Reason.INDUSTRY_TOO_LONG: _("industry too long"),
        Reason.INDUSTRY_UNKNOWN: _("unknown industry"),
        Reason.INDUSTRY_AMBIGUOUS: _("industry not clear"),
    }
)


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one cell (or, without a column, with a whole row)."""

    row: int  # as Excel counts, from 1
    reason: Reason
    column: int | None = None
    heading: str = ""
    text: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    fills: str = ""  # the exhibitor's field that the text was for, where it was for one

    @property
    def message(self) -> str:
        return str(SENTENCES[self.reason]) % self.values

    @property
    def label(self) -> str:
        return str(LABELS[self.reason])

    @property
    def column_letters(self) -> str:
        return "" if self.column is None else column_letters(self.column)

    @property
    def excerpt(self) -> str:
        return excerpt(self.text)


@dataclass(frozen=True)
class Fault:
    """A reason without its place: what a parser of a single cell returns."""

    reason: Reason
    values: Mapping[str, object] = field(default_factory=dict)
