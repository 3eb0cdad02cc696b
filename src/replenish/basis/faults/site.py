"""Refusals of the running system: its settings, its folders, its database."""

from __future__ import annotations

from replenish.basis.errors import Fault


class SiteFault(Fault):
    """Why the system does not start, or does not do what an operator asked."""

    SETTING_UNKNOWN = (
        "site.setting_unknown",
        "there is no setting called '{name}'; the settings are {known}",
    )
    SETTING_VALUE = (
        "site.setting_value",
        "the setting '{name}' is '{value}', but {expected}",
    )
    DATABASE_ADDRESS = (
        "site.database_address",
        "'{value}' names no database: give a path for SQLite, or postgresql://user@host/name",
    )
