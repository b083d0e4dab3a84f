"""The steps of an import as an organiser's browser goes them."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from exhibitors.models import Edition, Exhibitor, ImportRun
from tests.admin.pages import address
from tests.domain.importing.spreadsheets import Cells, as_csv

LIST: Cells = [
    ["No.", "회사명", "지역", "전시관", "부스", "홈페이지"],
    [1, "에바", "경기도", "혁신관", "A-1", "evar.example"],
    [2, "백제", "충청남도", "", "", ""],
    [3, "한서", "", "", "", ""],
]
SECTIONS = ("new", "changed", "unchanged", "missing", "problems")


def upload(desk: Client, edition: Edition | None, content: bytes, name: str = "list.csv", **fields: Any) -> Any:
    sent = {"edition": edition.pk if edition else "", "file": SimpleUploadedFile(name, content), **fields}
    return desk.post(address(ImportRun, "add"), sent, follow=True)


def columns_of(answer: Any) -> dict[str, Any]:
    """What the page of columns would send as it stands."""
    form, look = answer.context["form"], answer.context["look"]
    fields = {field.html_name: field.value() for field in form if field.value() not in {None, False, ""}}
    return {"sheet": look["sheet"], "row": look["row"], "encoding": look["encoding"], **fields}


def choose(desk: Client, answer: Any, **changes: Any) -> Any:
    run = answer.context["run"]
    return desk.post(address(ImportRun, "columns", run.pk), columns_of(answer) | changes, follow=True)


def apply(desk: Client, answer: Any, **changes: Any) -> Any:
    page = address(ImportRun, "apply", answer.context["run"].pk)
    return desk.post(page, {"token": answer.context["token"]} | changes, follow=True)


def totals(answer: Any) -> list[int]:
    """New, changed, unchanged, not in the file, problems."""
    return [tab.total for tab in answer.context["tabs"]]


def names() -> list[str]:
    return sorted(Exhibitor.objects.values_list("name_ko", flat=True))


def page_of(answer: Any) -> str:
    return answer.content.decode()


def many(number: int) -> bytes:
    return as_csv([["회사명", "지역"], *[[f"업체 {index:04}", "경기도"] for index in range(number)]])
