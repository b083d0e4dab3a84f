"""Removes what the sample edition invented."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from exhibitors.domain import sample


class Command(BaseCommand):
    help = "Removes the invented exhibitors, collaborations, booths and halls of the sample; what is real stays."

    def handle(self, *args: Any, **options: Any) -> None:
        removed = sample.remove()
        for label, count in (
            (_("Exhibitors removed: %(count)d"), removed.exhibitors),
            (_("Products removed: %(count)d"), removed.products),
            (_("Collaborations removed: %(count)d"), removed.collaborations),
            (_("Booths removed: %(count)d"), removed.booths),
            (_("Halls removed: %(count)d"), removed.halls),
        ):
            self.stdout.write(label % {"count": count})
        for sentence in removed.kept:
            self.stdout.write(sentence)
