"""Exhibitors: companies at an edition."""

from typing import TYPE_CHECKING, Self

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exhibitors.models.edition import Edition, code_validator
from exhibitors.models.fields import LocalText, OneLineField, SortKeyField, pick
from exhibitors.models.industry import Industry
from exhibitors.models.picture import PictureField

if TYPE_CHECKING:
    from exhibitors.models.booth import Booth, BoothAssignment


class ExhibitorQuerySet(models.QuerySet["Exhibitor"]):
    def public(self) -> Self:
        return self.filter(state=Exhibitor.State.PUBLIC)

    def in_public_editions(self) -> Self:
        return self.filter(edition__is_public=True)


class Exhibitor(models.Model):
    """A company at one edition."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLIC = "public", _("public")
        WITHDRAWN = "withdrawn", _("withdrawn")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="exhibitors", verbose_name=_("edition"))
    slug = models.CharField(_("address"), max_length=80, validators=[code_validator], editable=False)
    company_code = OneLineField(
        _("company code"),
        max_length=60,
        blank=True,
        help_text=_("The same code in several editions means the same company."),
    )

    name_ko = OneLineField(_("name (Korean)"), max_length=150, blank=True)
    name_en = OneLineField(_("name (English)"), max_length=150, blank=True)
    main_products_ko = OneLineField(_("main products (Korean)"), max_length=300, blank=True)
    main_products_en = OneLineField(_("main products (English)"), max_length=300, blank=True)
    introduction_ko = models.TextField(_("introduction (Korean)"), max_length=5000, blank=True)
    introduction_en = models.TextField(_("introduction (English)"), max_length=5000, blank=True)
    homepage = models.URLField(_("homepage"), max_length=500, blank=True, validators=[URLValidator(["http", "https"])])
    phone = OneLineField(_("company phone"), max_length=60, blank=True)
    email = models.EmailField(_("company e-mail"), blank=True)
    region = OneLineField(_("region"), max_length=80, blank=True)
    logo = PictureField(_("logo"), blank=True)
    logo_alt_ko = OneLineField(_("alternative text (Korean)"), max_length=200, blank=True)
    logo_alt_en = OneLineField(_("alternative text (English)"), max_length=200, blank=True)

    industries = models.ManyToManyField(
        Industry,
        through="ExhibitorIndustry",
        related_name="exhibitors",
        blank=True,
        verbose_name=_("industries"),
    )
    booths: "models.ManyToManyField[Booth, BoothAssignment]" = models.ManyToManyField(
        "Booth", through="BoothAssignment", related_name="exhibitors", blank=True, verbose_name=_("booths")
    )

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    state_reason = OneLineField(
        _("reason"),
        max_length=200,
        blank=True,
        help_text=_("Why it is a draft or withdrawn. Readers do not see it."),
    )
    is_sample = models.BooleanField(_("sample"), default=False, editable=False)

    name_key = SortKeyField(max_length=300, editable=False, default="")
    sort_key = SortKeyField(max_length=400, editable=False, default="")
    sort_key_en = SortKeyField(max_length=400, editable=False, default="")
    initial = models.CharField(max_length=3, editable=False, default="")
    initial_en = models.CharField(max_length=3, editable=False, default="")

    # What search reads; see exhibitors.search.document. Written by exhibitors.domain.indexing alone.
    name_plain = models.TextField(editable=False, default="")
    name_keys = models.TextField(editable=False, default="")
    head_keys = models.TextField(editable=False, default="")
    text_keys = models.TextField(editable=False, default="")
    initials = models.TextField(editable=False, default="")
    search_version = models.PositiveSmallIntegerField(editable=False, default=0)
    # Position and code of the first hall, then the booth's natural key; those without a booth come last.
    first_booth = SortKeyField(max_length=300, editable=False, default="")

    created_at = models.DateTimeField(_("entered at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = ExhibitorQuerySet.as_manager()

    class Meta:
        verbose_name = _("exhibitor")
        verbose_name_plural = _("exhibitors")
        ordering = ["edition", "sort_key", "pk"]
        indexes = [
            models.Index(fields=["edition", "state", "sort_key", "id"], name="exhibitor_by_name"),
            models.Index(fields=["edition", "state", "sort_key_en", "id"], name="exhibitor_by_english_name"),
            models.Index(fields=["edition", "state", "first_booth", "sort_key", "id"], name="exhibitor_by_booth"),
            models.Index(fields=["edition", "name_key"], name="exhibitor_by_name_key"),
            models.Index(fields=["company_code"], name="exhibitor_by_company_code"),
            # Every page counts initials and asks whether anything is invented: both without reading a row.
            models.Index(fields=["edition", "state", "initial", "initial_en"], name="exhibitor_by_initial"),
            models.Index(fields=["edition"], condition=Q(is_sample=True), name="exhibitor_is_sample"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "slug"],
                name="exhibitor_slug_unique_in_edition",
                violation_error_message=_("This edition already has an exhibitor with this address."),
            ),
            models.UniqueConstraint(
                fields=["edition", "company_code"],
                condition=~Q(company_code=""),
                name="exhibitor_code_unique_in_edition",
                violation_error_message=_("This edition already has an exhibitor with this company code."),
            ),
            models.CheckConstraint(
                condition=~Q(name_ko="") | ~Q(name_en=""),
                name="exhibitor_has_a_name",
                violation_error_message=_("Give the name in Korean, in English or in both."),
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(state_reason=""),
                name="exhibitor_withdrawn_has_a_reason",
                violation_error_message=_("Say why the exhibitor is withdrawn."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "public", "withdrawn"]),
                name="exhibitor_state_known",
                violation_error_message=_("The state is draft, public or withdrawn."),
            ),
        ]

    def __str__(self) -> str:
        return self.name.text

    def get_absolute_url(self) -> str:
        return reverse("exhibitor", args=[self.edition.slug, self.slug])

    @property
    def name(self) -> LocalText:
        return pick(self, "name")

    @property
    def is_public(self) -> bool:
        return self.state == self.State.PUBLIC

    @property
    def hidden_because(self) -> str:
        """Why readers do not see this exhibitor; empty where they do."""
        if self.state == self.State.WITHDRAWN:
            return gettext("withdrawn: %(reason)s") % {"reason": self.state_reason}
        if self.state == self.State.DRAFT:
            return (
                gettext("draft: %(reason)s") % {"reason": self.state_reason} if self.state_reason else gettext("draft")
            )
        return "" if self.edition.is_public else gettext("the edition is hidden")


class ExhibitorIndustry(models.Model):
    """An exhibitor is listed under an industry."""

    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="industry_links")
    industry = models.ForeignKey(
        Industry, on_delete=models.PROTECT, related_name="exhibitor_links", verbose_name=_("industry")
    )

    class Meta:
        verbose_name = _("exhibitor's industry")
        verbose_name_plural = _("exhibitors' industries")
        ordering = ["industry__position", "industry__slug", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["exhibitor", "industry"],
                name="exhibitor_industry_once",
                violation_error_message=_("This exhibitor is already listed under this industry."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exhibitor} – {self.industry}"
