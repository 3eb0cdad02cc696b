"""Renewed seats that may have been taken with a replacement are told apart."""

# ruff: noqa: D101, RUF012

from django.db import migrations, models

KINDS = ("drawn", "renewed", "replacement", "carried")


class Migration(migrations.Migration):
    dependencies = [("voices", "0003_kinds_of_slips")]

    operations = [
        migrations.AlterField(
            model_name="slipdraw",
            name="kind",
            field=models.CharField(
                max_length=16, choices=[(kind, kind.capitalize()) for kind in KINDS], default="drawn"
            ),
        ),
    ]
