"""The command that makes an organiser's account."""

import getpass
import io
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import translation

GOOD_PASSWORD = "three quiet lanterns"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Person:
    """Somebody at a terminal, who gives these answers in turn and then presses Ctrl-D."""

    def __init__(self, names: list[str], passwords: list[str]) -> None:
        self.names = iter(names)
        self.passwords = iter(passwords)

    def type_name(self, _prompt: str) -> str:
        return self.next_of(self.names)

    def type_password(self, _prompt: str) -> str:
        return self.next_of(self.passwords)

    def next_of(self, answers: Iterator[str]) -> str:
        try:
            return next(answers)
        except StopIteration:
            raise EOFError from None


def answer(monkeypatch: pytest.MonkeyPatch, *, names: list[str], passwords: list[str]) -> str:
    """Run the command in a terminal with these answers; return what it complained about."""
    person = Person(names, passwords)
    monkeypatch.setattr("builtins.input", person.type_name)
    monkeypatch.setattr(getpass, "getpass", person.type_password)
    complaints = io.StringIO()
    call_command("create_organiser", stdin=Terminal(), stdout=io.StringIO(), stderr=complaints)
    return complaints.getvalue()


def test_an_organiser_can_sign_in_with_the_password_typed_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    complaints = answer(monkeypatch, names=["kim"], passwords=[GOOD_PASSWORD, GOOD_PASSWORD])

    user = User.objects.get()
    assert complaints == ""
    assert (user.username, user.is_staff, user.is_superuser) == ("kim", True, True)
    assert user.check_password(GOOD_PASSWORD)


def test_a_name_that_is_taken_or_impossible_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    User.objects.create_user("kim")

    complaints = answer(monkeypatch, names=["kim", "a b", "", "lee"], passwords=[GOOD_PASSWORD] * 2)

    assert sorted(User.objects.values_list("username", flat=True)) == ["kim", "lee"]
    assert complaints.splitlines()[0] == "A user with that username already exists."
    assert "valid username" in complaints.splitlines()[1]
    assert complaints.splitlines()[2] == "This field cannot be blank."


def test_passwords_that_differ_or_are_weak_are_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = ["one", "two", "", "", "1234", "1234", GOOD_PASSWORD, GOOD_PASSWORD]

    complaints = answer(monkeypatch, names=["kim"], passwords=typed)

    assert complaints.splitlines()[:2] == ["The two passwords differ.", "The password is empty."]
    assert "too short" in complaints
    assert "too common" in complaints
    assert User.objects.get().check_password(GOOD_PASSWORD)


def test_leaving_in_the_middle_makes_no_account(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="Cancelled, no account was made"):
        answer(monkeypatch, names=["kim"], passwords=[GOOD_PASSWORD])

    assert not User.objects.exists()


def test_without_a_terminal_the_password_is_the_first_line_of_the_input() -> None:
    call_command(
        "create_organiser",
        username="kim",
        stdin=io.StringIO(f"{GOOD_PASSWORD}\r\nmore"),
        stdout=io.StringIO(),
    )

    assert User.objects.get().check_password(GOOD_PASSWORD)


@pytest.mark.parametrize(
    ("username", "line", "message"),
    [
        (None, GOOD_PASSWORD, "give --username"),
        ("kim", "", "The password is empty"),
        ("kim", "12345678", "entirely numeric"),
        ("kim lee", GOOD_PASSWORD, "valid username"),
        ("kim.minsu", "kim.minsu.1", "too similar to the username"),
    ],
)
def test_without_a_terminal_nonsense_stops_with_a_sentence(username: str | None, line: str, message: str) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("create_organiser", username=username, stdin=io.StringIO(line))

    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("options", "role", "is_superuser"),
    [
        ({}, "administrator", True),
        ({"role": "administrator"}, "administrator", True),
        ({"role": "editor"}, "editor", False),
        ({"role": "reader"}, "reader", False),
    ],
)
def test_the_account_has_the_role_asked_for(options: dict[str, str], role: str, is_superuser: bool) -> None:
    stdin = io.StringIO(GOOD_PASSWORD)
    call_command("create_organiser", username="kim", stdin=stdin, stdout=io.StringIO(), **options)

    user = User.objects.get()
    assert (user.is_staff, user.is_superuser) == (True, is_superuser)
    assert [group.name for group in user.groups.all()] == [role]


def test_a_role_that_there_is_not_is_refused() -> None:
    with pytest.raises(CommandError, match="invalid choice: 'owner'"):
        call_command("create_organiser", "--username", "kim", "--role", "owner", stdin=io.StringIO(GOOD_PASSWORD))

    assert not User.objects.exists()
