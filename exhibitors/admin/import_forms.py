"""The forms of an import by steps: the upload, what is looked at, and what the columns mean."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exhibitors.domain.importing import ENCODINGS, Options
from exhibitors.domain.importing.choices import MEANINGS, Choices, label_of
from exhibitors.domain.importing.limits import MAX_BYTES, MAX_ROWS
from exhibitors.domain.importing.proposals import Proposal, ProposedColumn
from exhibitors.models import Edition, Hall
from exhibitors.models.edition import code_validator


class UploadForm(forms.Form):
    """A file, and the edition that it is for."""

    edition = forms.ModelChoiceField(
        label=_("Edition"), queryset=Edition.objects.newest_first(), required=False, empty_label=_("A new one, hidden")
    )
    new_slug = forms.CharField(
        label=_("Address of the new edition"),
        required=False,
        max_length=Edition._meta.get_field("slug").max_length,
        validators=[code_validator],
        widget=AdminTextInputWidget,
        help_text=_("Only for a new edition, for example 2027. It is created, hidden, when the file is imported."),
    )
    file = forms.FileField(label=_("Spreadsheet"))

    def __init__(self, *args: Any, may_create: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = gettext(
            "Excel (.xlsx, .xls), CSV, or an HTML table named .xls; at most %(size)d MB and %(rows)d rows. Formulas "
            "are read as the values that Excel saved with them. Nothing is written before you have seen a preview."
        ) % {"size": MAX_BYTES // 1024**2, "rows": MAX_ROWS}
        if not may_create:
            edition = cast(forms.ModelChoiceField, self.fields["edition"])
            edition.required, edition.empty_label = True, None
            del self.fields["new_slug"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        slug = data.get("new_slug", "")
        if "new_slug" not in self.fields or "new_slug" in self.errors or "edition" in self.errors:
            return data
        if data.get("edition") and slug:
            self.add_error("new_slug", gettext("Choose an edition above, or write the address of a new one: not both."))
        elif not data.get("edition") and not slug:
            self.add_error("edition", gettext("Choose an edition, or write the address of a new one below."))
        elif slug and Edition.objects.filter(slug=slug).exists():
            self.add_error("new_slug", gettext("There is an edition with this address. Choose it above."))
        return data

    @property
    def upload(self) -> UploadedFile:
        return cast(UploadedFile, self.cleaned_data["file"])


class ColumnsForm(forms.Form):
    """What each column of the proposal means, and what the import may do."""

    creates_missing = forms.BooleanField(
        label=_("Create halls, industries and booths that the edition does not have"), required=False
    )
    makes_drafts = forms.BooleanField(
        label=_("Make new exhibitors drafts, which readers do not see yet"), required=False
    )
    skips_problems = forms.BooleanField(label=_("Leave out rows with problems, import the rest"), required=False)
    hall = forms.CharField(
        label=_("Hall of booths for which the file names none"),
        required=False,
        max_length=Hall._meta.get_field("name_ko").max_length,
        widget=AdminTextInputWidget,
    )

    def __init__(
        self, data: Any = None, *, proposal: Proposal, options: Options, creates_edition: bool, encoding: str
    ) -> None:
        super().__init__(
            data,
            initial={
                "creates_missing": options.create or creates_edition,
                "makes_drafts": options.draft,
                "skips_problems": options.skip_problems,
                "hall": options.hall,
            },
        )
        self.proposal, self.encoding = proposal, encoding
        self.fields["creates_missing"].disabled = creates_edition  # a new edition has none yet
        meanings = [("", gettext("– do not read –")), *((code, label_of(code)) for code in MEANINGS)]
        for column in proposal.columns:
            self.fields[_name(column)] = forms.ChoiceField(
                label=gettext("Column %(letters)s") % {"letters": column.letters},
                choices=meanings,
                required=False,
                initial=column.meaning,
            )

    @property
    def columns(self) -> Iterator[tuple[ProposedColumn, forms.BoundField]]:
        for column in self.proposal.columns:
            yield column, self[_name(column)]

    @property
    def options(self) -> list[forms.BoundField]:
        return [self[name] for name in ("creates_missing", "makes_drafts", "skips_problems")]

    @property
    def choices(self) -> Choices:
        data = self.cleaned_data
        meanings = {column.index: data[_name(column)] for column in self.proposal.columns if data[_name(column)]}
        options = Options(
            create=data["creates_missing"],
            hall=data["hall"],
            draft=data["makes_drafts"],
            skip_problems=data["skips_problems"],
        )
        place = self.proposal.place
        return Choices(place.sheet, place.row, meanings, options, self.encoding)


def _name(column: ProposedColumn) -> str:
    return f"column-{column.index}"


class LookForm(forms.Form):
    """Which sheet is looked at, which of its rows holds the headings, in which encoding the file is read."""

    sheet = forms.IntegerField(min_value=0, required=False)
    row = forms.IntegerField(min_value=1, required=False)  # as Excel counts
    of_sheet = forms.IntegerField(min_value=0, required=False)
    encoding = forms.ChoiceField(choices=[("", ""), *((name, name) for name in ENCODINGS)], required=False)

    @property
    def wanted(self) -> "tuple[int | None, int | None, str | None]":
        """Sheet and row (from 0) and encoding; what was not asked for, or makes no sense, is None.

        A row that was chosen on another sheet does not count.
        """
        self.is_valid()
        data = self.cleaned_data
        sheet, row = data.get("sheet"), data.get("row")
        if sheet is None or row is None or data.get("of_sheet") not in {None, sheet}:
            row = None
        return sheet, None if row is None else row - 1, data.get("encoding") if "encoding" in self.data else None
