"""Compares the rows of a spreadsheet with an edition. Reads no database and writes nothing."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from exhibitors.domain.errors import DomainError
from exhibitors.domain.importing import cells, limits
from exhibitors.domain.importing.cells import excerpt
from exhibitors.domain.importing.differences import (
    ChangedExhibitor,
    Difference,
    FieldChange,
    MissingExhibitor,
    NewExhibitor,
    Options,
    UnchangedExhibitor,
    Withdrawn,
    booth_names,
    names_of_industries,
)
from exhibitors.domain.importing.headings import Field
from exhibitors.domain.importing.identity import Companies, Identity, identify
from exhibitors.domain.importing.industry_cells import IndustryRule, Known, find_rule, plain_names
from exhibitors.domain.importing.languages import is_surely_korean
from exhibitors.domain.importing.placing import CellRefusedError, Placing
from exhibitors.domain.importing.problems import Fault, Problem, Reason
from exhibitors.domain.importing.registry import Registry
from exhibitors.domain.importing.rows import ParsedRows, Row, is_kept_once, reread, shaped
from exhibitors.domain.importing.stock import KnownExhibitor, Place, Stock
from exhibitors.domain.importing.wording import OwnWords
from exhibitors.models import Edition, Industry
from exhibitors.models.booth import booth_number_key
from exhibitors.search.normalise import sort_key

MAX_INDUSTRY_NAME = limits.max_length(Industry, "name_ko")


def compare(parsed: ParsedRows, stock: Stock, options: Options) -> Difference:
    """Return what importing the rows would change.

    Raises DomainError where the edition or the hall for rows without one is unknown and may not be created.
    """
    if stock.edition_pk is None and not options.create:
        message = _("There is no edition '%(slug)s'. Correct the name, or have it created (--create).")
        raise DomainError(message % {"slug": stock.edition_slug})
    if stock.edition_pk is None:
        _check_new_edition(stock.edition_slug)
    comparison = _Comparison(parsed, stock, options)
    for row in parsed.rows:
        comparison.compare_row(row)
    return comparison.difference()


def _check_new_edition(slug: str) -> None:
    try:
        Edition._meta.get_field("slug").run_validators(slug)
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error


class _Comparison:
    """Goes through the rows once, collecting what each changes."""

    def __init__(self, parsed: ParsedRows, stock: Stock, options: Options) -> None:
        self._parsed, self._stock, self._options = parsed, stock, options
        self._placing = Placing(stock, create=options.create, default_hall=options.hall)
        if options.hall and not options.create and not self._placing.registry.find(options.hall):
            message = _("The edition has no hall '%(name)s'. Correct the name, or have it created (--create).")
            raise DomainError(message % {"name": options.hall})
        self._placing.enter_halls(parsed.rows)
        self._industries = Registry(stock.industries, fallback="industry")
        self._rule = self._industry_rule([row.industry for row in parsed.rows if row.industry])
        self._known = {exhibitor.pk: exhibitor for exhibitor in stock.exhibitors}
        self._own_words = OwnWords(halls=stock.halls, industries=stock.industries)
        self._in_edition, self._in_file = Companies(), Companies()
        self._by_names: dict[Names, list[int]] = {}
        for exhibitor in stock.exhibitors:
            values = {name: reread(name, exhibitor.values[name]) for name in IDENTIFYING}
            self._in_edition.add(exhibitor.pk, _identity(values))
            self._by_names.setdefault(_names(values), []).append(exhibitor.pk)
        self._row_of: dict[int, int] = {}  # in which row an exhibitor of the edition was found
        self._new: list[NewExhibitor] = []
        self._changed: list[ChangedExhibitor] = []
        self._withdrawn: list[Withdrawn] = []
        self._problems: list[Problem] = []
        self._same: list[UnchangedExhibitor] = []
        self._may_be_meant: set[int] = set()  # by rows whose name several exhibitors have

    def _industry_rule(self, cells: list[str]) -> IndustryRule:
        of_edition = Registry(self._stock.industries, fallback="industry")
        known = Known(
            is_called=of_edition.has_name,
            is_in_edition=lambda name: bool(of_edition.find(name)),
            is_anywhere=lambda name: bool(self._industries.find(name)),
        )
        for name in plain_names(cells, known.is_in_edition) if self._options.create else ():
            if not known.is_anywhere(name) and len(name) <= MAX_INDUSTRY_NAME:
                self._industries.add(name)
        return find_rule(cells, known)

    def compare_row(self, row: Row) -> None:
        try:
            known = self._find(row)
        except CellRefusedError as refused:
            self._problems += [*row.problems, self._problem(row, refused)]
            return
        problems = [problem for problem in row.problems if not (known and _is_stored(problem, known))]
        places: frozenset[Place] | None = None
        industries: tuple[str, ...] | None = None
        try:
            places = self._places(row, known)
        except CellRefusedError as refused:
            problems.append(self._problem(row, refused))
        try:
            industries = self._industries_of(row, known)
        except CellRefusedError as refused:
            problems.append(self._problem(row, refused))
        if problems:
            self._problems += problems
        elif known is None:
            self._new.append(
                NewExhibitor(row.number, row.values, places or frozenset(), industries or (), row.is_sample)
            )
        else:
            self._compare_with(known, row, places, industries)

    def _find(self, row: Row) -> KnownExhibitor | None:
        """Return the exhibitor that the row is about. Raises CellRefusedError where another row is, or several are."""
        identity = _identity(row.values)
        exact = self._by_names.get(_names(row.values), [])
        if len(exact) != 1 and (earlier := self._in_file.find(identity)):
            raise _repeated(identity, min(earlier))
        self._in_file.add(row.number, identity)
        found = exact if len(exact) == 1 else self._in_edition.find(identity)
        if len(found) > 1:
            self._may_be_meant |= set(found)
            raise CellRefusedError(Field.NAME, Fault(Reason.SEVERAL_IN_EDITION, {"count": len(found)}))
        if not found:
            return None
        if found[0] in self._row_of:
            raise _repeated(identity, self._row_of[found[0]])
        self._row_of[found[0]] = row.number
        return self._known[found[0]]

    def _places(self, row: Row, known: KnownExhibitor | None) -> frozenset[Place] | None:
        if known and self._own_words.give_booths(row.hall, row.booth, known.places):
            return None
        return self._placing.places(row, known.places if known else frozenset())

    def _industries_of(self, row: Row, known: KnownExhibitor | None) -> tuple[str, ...] | None:
        """Return the slugs of the row's industries, or None where it changes nothing. Raises CellRefusedError."""
        if known and self._own_words.give_industries(row.industry, known.industries):
            return None
        slugs = dict.fromkeys(self._industry(name) for name in self._rule.split(row.industry))
        return tuple(slugs) or None

    def _industry(self, name: str) -> str:
        found = self._industries.find(name)
        values = {"name": excerpt(name, 40), "length": len(name), "limit": MAX_INDUSTRY_NAME}
        if len(found) > 1:
            raise CellRefusedError(Field.INDUSTRY, Fault(Reason.INDUSTRY_AMBIGUOUS, values))
        if found:
            return found[0].code
        if len(name) > MAX_INDUSTRY_NAME:
            raise CellRefusedError(Field.INDUSTRY, Fault(Reason.INDUSTRY_TOO_LONG, values))
        if not self._options.create:
            raise CellRefusedError(Field.INDUSTRY, Fault(Reason.INDUSTRY_UNKNOWN, values))
        return self._industries.add(name).code

    def _compare_with(
        self,
        known: KnownExhibitor,
        row: Row,
        places: frozenset[Place] | None,
        industries: tuple[str, ...] | None,
    ) -> None:
        texts = _changed_texts(known, row)
        changes = [FieldChange(name, known.values[name], text) for name, text in texts.items()]
        if places is not None and places == known.places:
            places = None
        if industries is not None and set(industries) == known.industries:
            industries = None
        if places is not None:
            halls = self._hall_names()
            changes.append(FieldChange("booths", booth_names(known.places, halls), booth_names(places, halls)))
        if industries is not None:
            names = self._industry_names()
            old, new = names_of_industries(known.industries, names), names_of_industries(industries, names)
            changes.append(FieldChange("industries", old, new))
        if known.is_withdrawn:
            self._withdrawn.append(Withdrawn(row.number, known.name))
        if changes:
            self._changed.append(
                ChangedExhibitor(row.number, known.pk, known.name, tuple(changes), texts, places, industries)
            )
        else:
            self._same.append(UnchangedExhibitor(row.number, known.pk, known.name))

    def _hall_names(self) -> dict[str, str]:
        return {named.code: named.name for named in self._placing.registry.all}

    def _industry_names(self) -> dict[str, str]:
        return {named.code: named.name for named in self._industries.all}

    def _missing(self) -> tuple[MissingExhibitor, ...]:
        in_file = self._row_of.keys() | self._may_be_meant
        missing = [
            MissingExhibitor(exhibitor.pk, exhibitor.name)
            for exhibitor in self._stock.exhibitors
            if exhibitor.pk not in in_file and not exhibitor.is_withdrawn
        ]
        return tuple(sorted(missing, key=lambda exhibitor: (sort_key(exhibitor.name), exhibitor.pk)))

    def _problem(self, row: Row, refused: CellRefusedError) -> Problem:
        texts = {
            Field.CODE: row.values.get("company_code", ""),
            Field.NAME: row.name,
            Field.HALL: row.hall,
            Field.BOOTH: row.booth,
            Field.INDUSTRY: row.industry,
        }
        return self._parsed.problem(row, refused.of, refused.fault, texts[refused.of])

    def difference(self) -> Difference:
        wanted = [booth for new in self._new for booth in new.places]
        wanted += [booth for changed in self._changed for booth in changed.places or ()]
        halls = {booth.hall for booth in wanted}
        slugs = {slug for new in self._new for slug in new.industries}
        slugs |= {slug for changed in self._changed for slug in changed.industries or ()}
        order = {named.code: position for position, named in enumerate(self._placing.registry.all)}
        return Difference(
            edition_slug=self._stock.edition_slug,
            edition_pk=self._stock.edition_pk,
            fingerprint=self._stock.fingerprint,
            options=self._options,
            rows_read=len(self._parsed.rows),
            blank=self._parsed.blank,
            repeated_headings=self._parsed.repeated_headings,
            new=tuple(self._new),
            changed=tuple(self._changed),
            same=tuple(self._same),
            missing=self._missing(),
            withdrawn=tuple(self._withdrawn),
            problems=tuple(self._problems),
            new_halls=tuple(named for named in self._placing.registry.added if named.code in halls),
            new_industries=tuple(named for named in self._industries.added if named.code in slugs),
            new_booths=tuple(
                sorted(
                    set(wanted) - self._stock.booths,
                    key=lambda booth: (order[booth.hall], booth_number_key(booth.number)),
                )
            ),
            commas=self._rule.commas,
            hall_names=self._hall_names(),
            industry_names=self._industry_names(),
        )


Names = tuple[str, str, str]
IDENTIFYING = ("company_code", "name_ko", "name_en")


def _names(values: Mapping[str, str]) -> Names:
    """Code and names to the letter, as a row gives them: they tell (주)에바 from 에바 where an edition has both."""
    code, korean, english = (values.get(name, "") for name in IDENTIFYING)
    return code, "" if is_kept_once(korean, english) else korean, english


def _is_stored(problem: Problem, known: KnownExhibitor) -> bool:
    """Tell whether a text that an import would refuse is what the exhibitor has already; then it changes nothing."""
    stored = known.values.get(problem.fills, "")
    return bool(stored) and problem.text in {
        shaped(problem.fills, cells.reread(stored)),
        reread(problem.fills, stored),
    }


def _identity(values: Mapping[str, str]) -> Identity:
    return identify(
        code=values.get("company_code", ""),
        name_ko=values.get("name_ko", ""),
        name_en=values.get("name_en", ""),
    )


def _repeated(identity: Identity, first: int) -> CellRefusedError:
    return CellRefusedError(
        Field.CODE if identity.code else Field.NAME, Fault(Reason.REPEATED_IN_FILE, {"first": first})
    )


def _changed_texts(known: KnownExhibitor, row: Row) -> dict[str, str]:
    """The row's texts that say something new. What differs only in blanks or Unicode form does not."""
    changed = {}
    for name, text in row.values.items():
        old = known.values[name]
        if old == text or reread(name, old) == text:
            continue
        if name.endswith("_ko") and not old and _is_shown_in_english(name, text, known):
            continue
        if name == "homepage" and row.scheme_was_missing and old == text.replace("http://", "https://", 1):
            continue
        changed[name] = text
    return changed


def _is_shown_in_english(name: str, text: str, known: KnownExhibitor) -> bool:
    """Tell whether a text in a Korean column is the one that the exhibitor already has as English."""
    return not is_surely_korean(text) and text == known.values[name.removesuffix("_ko") + "_en"]
