import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import exhibitors.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("exhibitors", "0003_preflight"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition_slug", models.CharField(max_length=40, verbose_name="address of the edition")),
                ("file_name", exhibitors.models.fields.OneLineField(max_length=200, verbose_name="file")),
                ("size", models.PositiveIntegerField(verbose_name="bytes")),
                ("sha256", models.CharField(max_length=64)),
                ("sheet", models.PositiveSmallIntegerField(null=True)),
                ("sheet_name", models.CharField(blank=True, max_length=200, verbose_name="sheet")),
                ("heading_row", models.PositiveIntegerField(null=True, verbose_name="row of headings")),
                ("headings_key", models.CharField(blank=True, db_index=True, max_length=64)),
                ("columns", models.JSONField(default=list)),
                ("encoding", models.CharField(blank=True, max_length=20, verbose_name="encoding")),
                (
                    "creates_missing",
                    models.BooleanField(default=False, verbose_name="creates halls, industries and booths"),
                ),
                ("makes_drafts", models.BooleanField(default=False, verbose_name="new exhibitors are drafts")),
                ("skips_problems", models.BooleanField(default=False, verbose_name="leaves out rows with problems")),
                ("hall", models.CharField(blank=True, max_length=80, verbose_name="hall of booths without one")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "uploaded"),
                            ("previewed", "previewed"),
                            ("applied", "imported"),
                            ("abandoned", "abandoned"),
                        ],
                        default="uploaded",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                ("new_total", models.PositiveIntegerField(default=0, verbose_name="new")),
                ("changed_total", models.PositiveIntegerField(default=0, verbose_name="changed")),
                ("unchanged_total", models.PositiveIntegerField(default=0, verbose_name="unchanged")),
                ("problem_total", models.PositiveIntegerField(default=0, verbose_name="rows with problems")),
                ("missing_total", models.PositiveIntegerField(default=0, verbose_name="not in the file")),
                ("created", models.JSONField(default=list)),
                ("changed", models.JSONField(default=list)),
                ("missing", models.JSONField(default=list)),
                ("created_halls", models.JSONField(default=list)),
                ("created_industries", models.JSONField(default=list)),
                ("created_booths", models.JSONField(default=list)),
                ("created_edition", models.BooleanField(default=False)),
                ("skipped", models.JSONField(default=list)),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="uploaded at")),
                ("chosen_at", models.DateTimeField(null=True)),
                ("applied_at", models.DateTimeField(null=True, verbose_name="imported at")),
                (
                    "applied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="imported by",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="import_runs",
                        to="exhibitors.edition",
                        verbose_name="edition",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "spreadsheet import",
                "verbose_name_plural": "spreadsheet imports",
                "ordering": ["-started_at", "-pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="ImportFile",
            fields=[
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="file",
                        serialize=False,
                        to="exhibitors.importrun",
                    ),
                ),
                ("content", models.BinaryField()),
            ],
            options={
                "verbose_name": "uploaded spreadsheet",
                "verbose_name_plural": "uploaded spreadsheets",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["uploaded", "previewed", "applied", "abandoned"])),
                name="import_run_state_known",
                violation_error_message="The state is uploaded, previewed, imported or abandoned.",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("applied_at__isnull", False), ("state", "applied")),
                    models.Q(models.Q(("state", "applied"), _negated=True), ("applied_at", None)),
                    _connector="OR",
                ),
                name="import_run_applied_at_a_moment",
                violation_error_message="An import that was carried out has its moment, and no other has.",
            ),
        ),
    ]
