"""Imports of spreadsheets at the desk: the list of runs, and the steps upload → columns → preview → result."""

from typing import Any
from urllib.parse import quote

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from exhibitors.admin import import_pages as pages
from exhibitors.admin.base import DeskAdmin
from exhibitors.admin.filters import EditionFilter
from exhibitors.admin.import_forms import ColumnsForm, LookForm, UploadForm
from exhibitors.admin.lookup import edition_named, organiser, pk_or_none
from exhibitors.domain.errors import DomainError
from exhibitors.domain.importing import EditionChangedError, Options, proposals, runs, undoing
from exhibitors.domain.importing.choices import ColumnsRefusedError
from exhibitors.domain.importing.errors import RunClosedError, without_options
from exhibitors.domain.importing.limits import check_size
from exhibitors.domain.importing.proposals import Proposal
from exhibitors.domain.importing.sheets import Spreadsheet
from exhibitors.models import Edition, ImportRun

RIGHTS = ("exhibitors.add_exhibitor", "exhibitors.change_exhibitor")
RIGHTS_ON_PLACES = ("exhibitors.add_hall", "exhibitors.add_industry", "exhibitors.add_edition")
RIGHTS_TO_DELETE_PLACES = ("exhibitors.delete_hall", "exhibitors.delete_industry")
PREFIX = "exhibitors_importrun"  # of the names of addresses


class ImportRunAdmin(DeskAdmin):
    """Runs are only read; what can be done with an open one are its steps."""

    list_display = ["file_name", "started_at", "who", "edition_name", "state", "outcome"]
    list_filter = [EditionFilter, "state"]
    ordering = ["-started_at", "-pk"]
    search_fields = ["file_name"]
    search_help_text = _("Name of the file")
    edition_column = "edition_name"

    # Rights

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perms(RIGHTS)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("exhibitors.view_importrun") or self.has_add_permission(request)

    # The list

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportRun]:
        return ImportRun.objects.for_lists()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = {"title": capfirst(self.opts.verbose_name_plural)}  # "Select … to view" is not what one comes for
        return super().changelist_view(request, title | (extra_context or {}))

    @admin.display(description=_("edition"), ordering="edition_slug")
    def edition_name(self, run: ImportRun) -> str:
        return str(run.edition) if run.edition else run.edition_slug

    @admin.display(description=_("by"), ordering="started_by__username")
    def who(self, run: ImportRun) -> str:
        """Who uploaded the file and, where that was somebody else, who imported it."""
        return ", ".join(dict.fromkeys(str(user) for user in (run.started_by, run.applied_by) if user))

    @admin.display(description=_("outcome"))
    def outcome(self, run: ImportRun) -> str:
        return pages.outcome(run)

    # The steps

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        steps = {
            "columns": self.columns_view,
            "preview": self.preview_view,
            "apply": self.apply_view,
            "abandon": self.abandon_view,
            "undo": self.undo_view,
            "file": self.file_view,
        }
        return [
            *(
                path(f"<int:pk>/{name}/", view(step), name=f"exhibitors_importrun_{name}")
                for name, step in steps.items()
            ),
            *super().get_urls(),
        ]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Take a file in."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        may_create = request.user.has_perm("exhibitors.add_edition")
        edition = edition_named(request) or Edition.objects.newest_first().first()
        form = UploadForm(
            request.POST or None, request.FILES or None, may_create=may_create, initial={"edition": edition}
        )
        if form.is_valid():
            try:
                return _to(self._start(request, form), "columns")
            except DomainError as error:
                form.add_error("file", without_options(str(error)))
        return self._show(request, "upload", None, title=gettext("Import a spreadsheet"), form=form)

    def _start(self, request: HttpRequest, form: UploadForm) -> ImportRun:
        check_size(form.upload.size or 0)  # before it is read into memory
        run = runs.start(
            form.upload.read(),
            file_name=form.upload.name or "",
            edition=form.cleaned_data["edition"],
            new_slug=form.cleaned_data.get("new_slug", ""),
            by=organiser(request),
        )
        self.log_addition(request, run, [{"added": {}}])
        return run

    def columns_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say which sheet is read, where its headings stand, and what its columns mean."""
        run = self._importable(request, pk)
        try:
            spreadsheet, proposal, encoding = _propose(run, LookForm(request.POST or request.GET))
        except RunClosedError as error:
            return _refuse(request, error, _to(run))
        except DomainError as error:  # an encoding, a sheet or a row that is not the file's
            asked_for_something = bool(request.POST or request.GET)
            return _refuse(request, error, _to(run, "columns") if asked_for_something else _to(run))
        form = ColumnsForm(
            request.POST or None,
            proposal=proposal,
            options=_options(run),
            creates_edition=run.edition is None,
            encoding=encoding,
        )
        if form.is_valid():
            try:
                runs.choose(run, form.choices)
                return _to(run, "preview")
            except RunClosedError as error:
                return _refuse(request, error, _to(run))
            except DomainError as error:
                form.add_error(None, without_options(str(error)))
        look = pages.look(spreadsheet, proposal, encoding)
        return self._show(request, "columns", run, title=gettext("What do the columns mean?"), form=form, look=look)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show all that would change; on POST, leave out the rows with problems."""
        run = self._importable(request, pk)
        try:
            if request.method == "POST":
                runs.leave_out_problems(run)
                return _to(run, "preview")
            found = runs.preview(run)
        except RunClosedError as error:
            return _refuse(request, error, _to(run))
        except DomainError as error:
            return _refuse(request, error, _to(run, "columns"))
        context = pages.preview(run, found, request.GET)
        return self._show(request, "preview", run, title=gettext("Preview: nothing is written yet"), **context)

    def apply_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write what was previewed, or refuse and show what has changed."""
        run = self._importable(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            runs.apply(
                run,
                request.POST.get("token", ""),
                by=organiser(request),
                may_create_places=request.user.has_perms(RIGHTS_ON_PLACES),
                may_create_booths=request.user.has_perm("exhibitors.add_booth"),
            )
        except EditionChangedError as error:
            return _refuse(request, error, _to(run, "preview"))
        except ColumnsRefusedError as error:
            return _refuse(request, error, _to(run, "columns"))
        except RunClosedError as error:
            return _refuse(request, error, _to(run))
        except DomainError as error:
            return _refuse(request, error, _to(run, "preview"))
        self.log_change(request, run, pages.outcome(run))
        messages.success(request, gettext("Imported: %(outcome)s.") % {"outcome": pages.outcome(run)})
        return _to(run)

    def abandon_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End a run without importing it."""
        run = self._importable(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            runs.abandon(run)
        except RunClosedError as error:
            return _refuse(request, error, _to(run))
        messages.info(request, gettext("“%(file)s” was abandoned. Nothing was imported.") % {"file": run})
        return HttpResponseRedirect(reverse(f"admin:{PREFIX}_changelist"))

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask whether an import shall be taken back, and say what is in the way; on POST do it."""
        run = self._importable(request, pk)
        if not request.user.has_perm("exhibitors.delete_exhibitor"):
            raise PermissionDenied
        if request.method == "POST":
            return self._undo(request, run)
        if run.state != ImportRun.State.APPLIED:
            return _to(run)
        title = gettext("Undo the import of %(file)s?") % {"file": run}
        return self._show(request, "undo", run, title=title, obstacles=undoing.obstacles(run))

    def _undo(self, request: HttpRequest, run: ImportRun) -> HttpResponse:
        try:
            may_delete = request.user.has_perms(RIGHTS_TO_DELETE_PLACES)
            lost = undoing.undo(run, by=organiser(request), may_delete_places=may_delete)
        except RunClosedError as error:
            return _refuse(request, error, _to(run))
        except DomainError as error:
            return _refuse(request, error, _to(run, "undo"))
        self.log_change(request, run, gettext("Undone"))
        messages.success(request, gettext("“%(file)s” was undone.") % {"file": run})
        for sentence in lost:
            messages.warning(request, sentence)
        return _to(run)

    # What is kept of a run

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show what came of a run, or where it stands."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        run = get_object_or_404(_runs(), pk=pk_or_none(object_id))
        if request.method == "POST":
            raise PermissionDenied  # a run is never changed by a form
        title = gettext("Import of %(file)s") % {"file": run}
        return self._show(request, "result", run, title=title, **pages.result(run, request.GET))

    @method_decorator(require_safe)
    def file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand the uploaded file back, as it was."""
        run = self._importable(request, pk)
        try:
            content = runs.content_of(run)
        except RunClosedError as error:
            return _refuse(request, error, _to(run))
        answer = HttpResponse(content, content_type="application/octet-stream")
        answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(run.file_name, safe='')}"
        return answer

    def _importable(self, request: HttpRequest, pk: int) -> ImportRun:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return get_object_or_404(_runs(), pk=pk)

    def _show(self, request: HttpRequest, step: str, run: ImportRun | None, /, **context: Any) -> HttpResponse:
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "run": run,
            "steps": pages.steps(run, step),
            "may_import": self.has_add_permission(request),
            "is_popup": "_popup" in request.GET,
        }
        return TemplateResponse(request, f"admin/exhibitors/importrun/{step}.html", shared | context)


def _runs() -> QuerySet[ImportRun]:
    return ImportRun.objects.select_related("edition", "started_by", "applied_by")


def _to(run: ImportRun, step: str = "change") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"admin:{PREFIX}_{step}", args=[run.pk]))


def _refuse(request: HttpRequest, error: DomainError, way_on: HttpResponseRedirect) -> HttpResponseRedirect:
    messages.error(request, without_options(str(error)))
    return way_on


def _propose(run: ImportRun, form: LookForm) -> tuple[Spreadsheet, Proposal, str]:
    sheet, row, encoding = form.wanted
    encoding = run.encoding if encoding is None else encoding
    spreadsheet = runs.spreadsheet_of(run, encoding)
    return spreadsheet, proposals.propose(run, spreadsheet, sheet, row), encoding


def _options(run: ImportRun) -> Options:
    return runs.choices_of(run).options if run.sheet is not None else Options()
