"""Takes an account's second factor away, for a phone that is lost."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from exhibitors.domain import second_factor


class Command(BaseCommand):
    help = "Takes an account's second factor and recovery codes away. Be sure who asks: the password alone is left."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="the name to sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["username"]
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(_("There is no account “%(name)s”.") % {"name": name})
        if not second_factor.reset(user):
            raise CommandError(_("The account “%(name)s” has no two-step sign-in.") % {"name": name})
        self.stdout.write(_("“%(name)s” signs in with the password alone until it is set up again.") % {"name": name})
