"""What two people agreed on and nobody drew in time has a state of its own."""

# ruff: noqa: D101, RUF012

from django.db import migrations, models
from django.db.models import Q

STATES = ("pending", "confirmed", "used", "withdrawn", "ended", "lapsed")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="proposal", name="proposal_confirmed_by_somebody"),
        migrations.AlterField(
            model_name="proposal",
            name="state",
            field=models.CharField(max_length=20, choices=[(state, state.capitalize()) for state in STATES]),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=Q(state__in=["confirmed", "used", "lapsed"], confirmed_by__isnull=False)
                | Q(state__in=["pending", "withdrawn", "ended"], confirmed_by__isnull=True),
                name="proposal_confirmed_by_somebody",
            ),
        ),
    ]
