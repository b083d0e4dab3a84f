"""Import runs: spreadsheets on their way into an edition, and what came of them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from reversion.models import Revision

from exhibitors.models.edition import Edition
from exhibitors.models.fields import OneLineField

MAX_FILE_NAME = 200


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def open(self) -> Self:
        return self.filter(state__in=ImportRun.OPEN_STATES)

    def for_lists(self) -> Self:
        """Without what can be long: lists of keys, and the rows that were left out."""
        return self.select_related("edition", "started_by", "applied_by").defer(*ImportRun.LONG_FIELDS)


class ImportRun(models.Model):
    """A spreadsheet that an organiser uploaded: what was chosen for it, and what it did to the edition."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("uploaded")
        PREVIEWED = "previewed", _("previewed")
        APPLIED = "applied", _("imported")
        UNDONE = "undone", _("undone")
        ABANDONED = "abandoned", _("abandoned")

    OPEN_STATES = (State.UPLOADED, State.PREVIEWED)
    LONG_FIELDS = (
        "columns",
        "created",
        "changed",
        "missing",
        "skipped",
        "created_halls",
        "created_industries",
        "created_booths",
    )

    edition = models.ForeignKey(
        Edition,
        on_delete=models.SET_NULL,
        null=True,
        related_name="import_runs",
        verbose_name=_("edition"),
    )
    edition_slug = models.CharField(_("address of the edition"), max_length=40)
    file_name = OneLineField(_("file"), max_length=MAX_FILE_NAME)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)

    # What was chosen
    sheet = models.PositiveSmallIntegerField(null=True)  # its place in the file, from 0
    sheet_name = models.CharField(_("sheet"), max_length=200, blank=True)
    heading_row = models.PositiveIntegerField(_("row of headings"), null=True)  # from 0
    headings_key = models.CharField(max_length=64, blank=True, db_index=True)
    columns = models.JSONField(default=list)  # of objects: index, heading, meaning
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    creates_missing = models.BooleanField(_("creates halls, industries and booths"), default=False)
    makes_drafts = models.BooleanField(_("new exhibitors are drafts"), default=False)
    skips_problems = models.BooleanField(_("leaves out rows with problems"), default=False)
    hall = models.CharField(_("hall of booths without one"), max_length=80, blank=True)

    # What the last preview showed and, once it is applied, what came of it
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.UPLOADED)
    fingerprint = models.CharField(max_length=64, blank=True)
    new_total = models.PositiveIntegerField(_("new"), default=0)
    changed_total = models.PositiveIntegerField(_("changed"), default=0)
    unchanged_total = models.PositiveIntegerField(_("unchanged"), default=0)
    problem_total = models.PositiveIntegerField(_("rows with problems"), default=0)
    missing_total = models.PositiveIntegerField(_("not in the file"), default=0)
    created = models.JSONField(default=list)  # primary keys of exhibitors
    changed = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    created_halls = models.JSONField(default=list)
    created_industries = models.JSONField(default=list)
    created_booths = models.JSONField(default=list)
    created_edition = models.BooleanField(default=False)
    skipped = models.JSONField(default=list)  # problems of the rows that were left out

    started_at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    chosen_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(_("imported at"), null=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("imported by")
    )

    revision = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("undone by")
    )

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("spreadsheet import")
        verbose_name_plural = _("spreadsheet imports")
        ordering = ["-started_at", "-pk"]
        default_permissions = ("view",)  # the steps ask for the rights to add and change exhibitors
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["uploaded", "previewed", "applied", "undone", "abandoned"]),
                name="import_run_state_known",
                violation_error_message=_("The state is uploaded, previewed, imported, undone or abandoned."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["applied", "undone"], applied_at__isnull=False)
                | (~Q(state__in=["applied", "undone"]) & Q(applied_at=None)),
                name="import_run_applied_at_a_moment",
                violation_error_message=_("An import that was carried out has its moment, and no other has."),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN_STATES

    @property
    def target_slug(self) -> str:
        """The address of the edition, also of one that is still to be created."""
        return self.edition.slug if self.edition else self.edition_slug


class ImportFile(models.Model):
    """The bytes of an uploaded spreadsheet: in the database, where every web server finds them and no reader does."""

    run = models.OneToOneField(ImportRun, on_delete=models.CASCADE, primary_key=True, related_name="file")
    content = models.BinaryField()

    class Meta:
        verbose_name = _("uploaded spreadsheet")
        verbose_name_plural = _("uploaded spreadsheets")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.run}"
