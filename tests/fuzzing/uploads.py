"""Takes a file through the forms of the desk as an organiser would."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from exhibitors.models import Edition, Exhibitor
from tests.admin.import_steps import choose, upload
from tests.admin.pages import fields_of, form_of
from tests.fuzzing.files import Made

TAKEN, REFUSED, ERROR = "taken", "refused", "error"


def take_in(client: Client, made: Made, edition: Edition, exhibitor: Exhibitor) -> str:
    """Say whether the file was taken, refused with a sentence, or led to an error of ours."""
    return _picture(client, made, exhibitor) if made.is_picture else _spreadsheet(client, made, edition)


def _spreadsheet(client: Client, made: Made, edition: Edition) -> str:
    answer = upload(client, edition, made.content, made.name)
    if answer.status_code == 200 and answer.redirect_chain and answer.context.get("look"):
        answer = choose(client, answer, creates_missing="on", skips_problems="on")
    return _outcome(answer)


def _picture(client: Client, made: Made, exhibitor: Exhibitor) -> str:
    page = form_of(exhibitor)
    logo = SimpleUploadedFile(made.name, made.content)
    return _outcome(client.post(page, fields_of(client.get(page)) | {"logo": logo}, follow=True))


def _outcome(answer: Any) -> str:
    if answer.status_code >= 500:
        return ERROR
    return TAKEN if answer.redirect_chain else REFUSED
