"""The groups that contribute nothing to an open round for now."""

# ruff: noqa: D101, RUF012

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("voices", "0005_doubts")]

    operations = [
        migrations.AddField(
            model_name="openround",
            name="paused",
            field=models.TextField(blank=True, default=""),
        ),
    ]
