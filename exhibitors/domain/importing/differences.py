"""What an import would change in an edition: computed without writing, shown to a person, then applied as it is."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from exhibitors.domain.importing.industry_cells import CommaRule
from exhibitors.domain.importing.problems import Problem, Reason
from exhibitors.domain.importing.registry import Named
from exhibitors.domain.importing.stock import Place
from exhibitors.models.booth import booth_number_key, label_of


@dataclass(frozen=True)
class Options:
    """What the organiser allows: create missing halls, industries, booths and the edition; leave out problem rows."""

    create: bool = False
    hall: str = ""  # for booths without one
    draft: bool = False  # new exhibitors are drafts
    skip_problems: bool = False


@dataclass(frozen=True)
class NewExhibitor:
    """A row whose company the edition does not have yet."""

    row: int
    values: Mapping[str, str]
    places: frozenset[Place]
    industries: tuple[str, ...]  # slugs
    is_sample: bool = False

    @property
    def name(self) -> str:
        return self.values.get("name_ko") or self.values["name_en"]


@dataclass(frozen=True)
class FieldChange:
    """A field of an exhibitor before and after; 'booths' and 'industries' are listed by name."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class ChangedExhibitor:
    """A row that changes an exhibitor. `values` are its changed texts; None leaves booths or industries alone."""

    row: int
    pk: int
    name: str
    changes: tuple[FieldChange, ...]
    values: Mapping[str, str]
    places: frozenset[Place] | None = None
    industries: tuple[str, ...] | None = None


@dataclass(frozen=True)
class UnchangedExhibitor:
    """A row that says nothing new of an exhibitor."""

    row: int
    pk: int
    name: str


@dataclass(frozen=True)
class MissingExhibitor:
    """An exhibitor of the edition, not withdrawn, that no row of the file is about. An import leaves it alone."""

    pk: int
    name: str


@dataclass(frozen=True)
class Withdrawn:
    """A row whose exhibitor is withdrawn, and stays so."""

    row: int
    name: str


@dataclass(frozen=True)
class Difference:
    """All that an import would do, and the fingerprint of the edition that it was compared with."""

    edition_slug: str
    edition_pk: int | None
    fingerprint: str
    options: Options
    rows_read: int
    blank: int
    repeated_headings: int
    new: tuple[NewExhibitor, ...]
    changed: tuple[ChangedExhibitor, ...]
    same: tuple[UnchangedExhibitor, ...]
    missing: tuple[MissingExhibitor, ...]
    withdrawn: tuple[Withdrawn, ...]
    problems: tuple[Problem, ...]
    new_halls: tuple[Named, ...]
    new_industries: tuple[Named, ...]
    new_booths: tuple[Place, ...]
    commas: CommaRule
    hall_names: Mapping[str, str]  # by code, those of the edition and new ones
    industry_names: Mapping[str, str]  # by slug

    @property
    def unchanged(self) -> int:
        return len(self.same)

    @property
    def may_be_applied(self) -> bool:
        return not self.problems or self.options.skip_problems

    @property
    def problem_rows(self) -> int:
        return len({problem.row for problem in self.problems})

    @property
    def rows_by_reason(self) -> dict[Reason, int]:
        """How many rows each reason leaves out, most first; a row with two reasons counts under both."""
        pairs = {(problem.row, problem.reason) for problem in self.problems}
        return dict(Counter(reason for _row, reason in sorted(pairs)).most_common())

    @property
    def creates_edition(self) -> bool:
        return self.edition_pk is None

    def booth_names(self, places: Iterable[Place]) -> str:
        return booth_names(places, self.hall_names)

    def names_of_industries(self, slugs: Iterable[str]) -> str:
        return names_of_industries(slugs, self.industry_names)


def booth_names(places: Iterable[Place], halls: Mapping[str, str]) -> str:
    """List booths for a reader, in the order of their halls' codes and their numbers."""
    ordered = sorted(places, key=lambda booth: (booth.hall, booth_number_key(booth.number)))
    return ", ".join(f"{halls[booth.hall]} {label_of(booth.number)}" for booth in ordered)


def names_of_industries(slugs: Iterable[str], industries: Mapping[str, str]) -> str:
    return ", ".join(sorted(industries[slug] for slug in slugs))
