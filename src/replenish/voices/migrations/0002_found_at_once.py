"""Indexes for what each visit asks: the units of its group, and the slips made for them."""

# ruff: noqa: D101, RUF012

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("voices", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="groupofunit",
            index=models.Index(fields=["season", "group"], name="units_of_a_group"),
        ),
        migrations.AddIndex(
            model_name="slipdraw",
            index=models.Index(fields=["season", "unit"], name="draws_of_a_unit"),
        ),
    ]
