"""Makes no table."""

# ruff: noqa: D101, RUF012

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = []
