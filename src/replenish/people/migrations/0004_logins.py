"""How people sign in: logins, their codes for when all else is lost, and browsers that are signed in."""

# ruff: noqa: D101, RUF012

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ROLES = ("steward", "deputy", "representative", "facilitator", "supervisor", "operator")
CHOICES = [(role, role.capitalize()) for role in ROLES]


def digest() -> "models.CharField[str, str]":
    """A key that a digest makes."""
    return models.CharField(max_length=64, primary_key=True, serialize=False)


def of_login(name: str, *, null: bool = False) -> "models.ForeignKey[Any, Any]":
    """A row that goes with its login."""
    return models.ForeignKey(
        null=null,
        on_delete=django.db.models.deletion.CASCADE,
        related_name=name,
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0003_replacements")]
    # Passkeys belong to a login, and their own migrations only know that there will be one.
    run_before = [("mfa", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Login",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254, null=True, unique=True)),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="RecoveryCode", fields=[("id", digest()), ("login", of_login("recovery_codes"))]
        ),
        migrations.CreateModel(
            name="OutsideName", fields=[("id", digest()), ("login", of_login("outside_names"))]
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", digest()),
                ("content", models.TextField()),
                ("begun_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("login", of_login("sessions", null=True)),
            ],
        ),
        migrations.AddField(
            model_name="account",
            name="login",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="accounts",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(
                fields=["organisation", "login"], name="account_once_for_a_login"
            ),
        ),
        migrations.AlterField(
            model_name="role", name="kind", field=models.CharField(max_length=20, choices=CHOICES)
        ),
        migrations.AlterField(
            model_name="proposal", name="proposed_as", field=models.CharField(max_length=20, choices=CHOICES)
        ),
    ]
