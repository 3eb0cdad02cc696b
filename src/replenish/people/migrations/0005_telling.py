"""Telling everybody alike, and letters to named people who want them."""

# ruff: noqa: D101, RUF012

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def key() -> "models.CharField[str, str]":
    """A key made by chance."""
    return models.CharField(max_length=32, primary_key=True, serialize=False)


def of_organisation(name: str) -> "models.ForeignKey[Any, Any]":
    """A row of one organisation."""
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to="people.organisation"
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0004_logins")]

    operations = [
        migrations.CreateModel(
            name="Telling",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="telling",
                        serialize=False,
                        to="people.organisation",
                    ),
                ),
                ("list_address", models.EmailField(blank=True, default="", max_length=254)),
                ("calendar_key", models.CharField(max_length=32, null=True, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="OwnWords",
            fields=[
                ("id", key()),
                ("organisation", of_organisation("own_words")),
                ("kind", models.CharField(max_length=32)),
                ("words", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", key()),
                ("organisation", of_organisation("messages")),
                ("kind", models.CharField(max_length=32)),
                ("about", models.CharField(max_length=80)),
                ("day", models.DateField()),
                ("is_sent", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Notices",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="notices",
                        serialize=False,
                        to="people.account",
                    ),
                ),
                ("rhythm", models.CharField(choices=[("week", "Week"), ("day", "Day")], max_length=8)),
                ("language", models.CharField(max_length=12)),
                ("told_until", models.DateField()),
            ],
        ),
        migrations.AddConstraint(
            model_name="ownwords",
            constraint=models.UniqueConstraint(
                fields=["organisation", "kind"], name="own_words_once_for_a_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                fields=["organisation", "kind", "about"], name="message_sent_once"
            ),
        ),
    ]
