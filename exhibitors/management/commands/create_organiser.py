"""Makes an organiser's account, asking for name and password."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any, TextIO

from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils.translation import gettext as _

from exhibitors.domain import accounts
from exhibitors.domain.roles import Role


class Command(BaseCommand):
    help = "Makes an organiser's account. Without a terminal the password is the first line of the input."
    stealth_options = ("stdin",)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", help="the name to sign in with; asked for in a terminal")
        parser.add_argument(
            "--role",
            choices=Role.values,
            default=Role.ADMINISTRATOR.value,
            help="administrator, the default, may do everything, accounts of administrators included; "
            "editor changes exhibitors, products and booths; reader only looks",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stdin: TextIO = options.get("stdin") or sys.stdin
        username, role = options["username"], Role(options["role"])
        try:
            user = self.ask(username, role) if stdin.isatty() else read(username, role, stdin)
        except (KeyboardInterrupt, EOFError):
            raise CommandError(_("Cancelled, no account was made.")) from None
        accounts.save(user, groups=Group.objects.filter(name=role))
        address = reverse("admin:index")
        done = _("The account “%(name)s” is made. Sign in at %(address)s of the site.")
        self.stdout.write(done % {"name": user.get_username(), "address": address})

    def ask(self, username: str | None, role: Role) -> User:
        """Ask until name and password are good; a name given with the command is asked for only where it is not."""
        while True:
            try:
                user = new_organiser(username or input(_("Name to sign in with: ")), role)
                break
            except ValidationError as error:
                self.complain(error)
                username = None
        while True:
            try:
                set_password(user, ask_twice())
                return user
            except ValidationError as error:
                self.complain(error)

    def complain(self, error: ValidationError) -> None:
        self.stderr.write("\n".join(error.messages))


def read(username: str | None, role: Role, stdin: TextIO) -> User:
    if not username:
        raise CommandError(_("There is no terminal to ask in: give --username, and the password in the input."))
    try:
        user = new_organiser(username, role)
        set_password(user, stdin.readline().rstrip("\r\n"))
    except ValidationError as error:
        raise CommandError("\n".join(error.messages)) from None
    return user


def new_organiser(username: str, role: Role) -> User:
    """Return an account, not saved yet; raise ValidationError where the name is taken or cannot be one.

    Whoever runs commands on the server may do everything, so the administrators made here may, too.
    """
    user = User(username=username.strip(), is_staff=True, is_superuser=role is Role.ADMINISTRATOR)
    user.full_clean(exclude=["password"])
    return user


def ask_twice() -> str:
    password = getpass.getpass(_("Password (nothing shows while you type): "))
    if getpass.getpass(_("The same password again: ")) != password:
        raise ValidationError(_("The two passwords differ."))
    return password


def set_password(user: User, password: str) -> None:
    if not password:
        raise ValidationError(_("The password is empty."))
    validate_password(password, user)
    user.set_password(password)
