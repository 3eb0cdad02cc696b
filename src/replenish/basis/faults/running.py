"""Why a command that needs the running system cannot begin."""

from __future__ import annotations

from replenish.basis.errors import Fault


class RunningFault(Fault):
    """Why a command that needs the running system cannot begin."""

    EXTRA_MISSING = (
        "running.extra_missing",
        (
            "this command needs the parts of the running system ('{part}' is not installed); "
            "install replenish with its extra 'web'"
        ),
    )
    DATABASE_UNREACHABLE = (
        "running.database_unreachable",
        "the database of this installation cannot be reached; see that it runs and its address is right",
    )
    NOT_PREPARED = (
        "running.not_prepared",
        (
            "the database of this installation is not prepared for this version of the software; prepare it "
            "with `replenish serve --prepare-only`, and check that REPLENISH_INSTANCE names the right folder"
        ),
    )
