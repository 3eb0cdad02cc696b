"""Triggers by which a database refuses by itself what no code may do: for migrations, on both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

Statements = Mapping[str, Sequence[str]]


def run_on_each(forward: Statements, back: Statements) -> RunPython:
    """A step of a migration that runs the statements of the database that is there, and can be undone.

    Args:
        forward: by vendor (`sqlite`, `postgresql`), the statements in their order.
        back: the same, to undo them.
    """

    def run(statements: Statements, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in statements[editor.connection.vendor]:
            editor.execute(statement)

    def create(_: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        run(forward, editor)

    def remove(_: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        run(back, editor)

    return RunPython(create, remove)
