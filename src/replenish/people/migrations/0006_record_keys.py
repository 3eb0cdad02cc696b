"""Keys of the records that named people share."""

# ruff: noqa: D101

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_telling")]  # noqa: RUF012

    operations = [  # noqa: RUF012
        migrations.CreateModel(
            name="RecordKey",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="record_key",
                        serialize=False,
                        to="people.account",
                    ),
                ),
                ("public", models.BinaryField()),
                ("wrapped", models.BinaryField()),
                ("number", models.PositiveIntegerField(default=1)),
                ("since", models.DateField()),
            ],
        )
    ]
