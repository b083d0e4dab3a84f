"""What tells processes that something readers may see was changed."""

from django.db import models


class DataChange(models.Model):
    """A transaction that changed what readers may see. Written by the database's own triggers alone: data_triggers."""

    stamp = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pk}-{self.stamp}"
