"""The parts of `replenish organisation` that say who acts for it."""

from __future__ import annotations

import argparse

from replenish.cli.organisation_naming import add_day, add_organisation, operator, organisation_of, unit_named
from replenish.cli.organisation_units import UNIT_HELP
from replenish.cli.printing import print_json, print_table, say
from replenish.cli.running import prepare

ROLES = ("steward", "deputy", "representative", "facilitator", "supervisor", "operator")
ONCE = "This code is shown this once and kept nowhere. Print it, hand it over, and clear the screen."


def add_parts(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register appoint, accounts, end-role, leave and new-code."""
    appoint = parts.add_parser(
        "appoint",
        help="give somebody a role",
        description="Give a role to somebody new (--name), who gets a printed code, or to an account "
        "there is (--account). Nobody can be steward and representative at once.",
    )
    appoint.add_argument("role", choices=ROLES, help="what they are")
    who = appoint.add_mutually_exclusive_group(required=True)
    who.add_argument("--name", metavar="NAME", help="somebody without an account")
    who.add_argument("--account", metavar="ACCOUNT", help="an account there is")
    appoint.add_argument(
        "--unit",
        metavar="UNIT",
        help=f"for a steward or a deputy, what they answer for with all below it: {UNIT_HELP}",
    )
    add_organisation(appoint)
    add_day(appoint)
    appoint.add_argument("--json", action="store_true", help="print JSON for machines")
    appoint.set_defaults(run=run_appoint)
    accounts = parts.add_parser(
        "accounts", help="who acts for it", description="Everybody who acts for the organisation today."
    )
    add_organisation(accounts)
    accounts.add_argument("--json", action="store_true", help="print JSON for machines")
    accounts.set_defaults(run=run_accounts)
    end = _for_account(parts, "end-role", "end a role of an account today", run_end_role)
    end.add_argument("role", choices=ROLES, help="what they no longer are")
    end.add_argument("--unit", metavar="UNIT", help="for a steward or a deputy of a part: of which unit")
    _for_account(parts, "leave", "end an account today, with its roles and its code", run_leave)
    _for_account(
        parts,
        "new-code",
        "replace the printed code of an account; its other ways of signing in end with the old one",
        run_new_code,
    )


def _for_account(
    parts: argparse._SubParsersAction[argparse.ArgumentParser], name: str, does: str, run: object
) -> argparse.ArgumentParser:
    command = parts.add_parser(name, help=does, description=f"{does[:1].upper()}{does[1:]}.")
    command.add_argument("account", metavar="ACCOUNT", help="the id of the account")
    add_organisation(command)
    command.set_defaults(run=run)
    return command


def run_appoint(chosen: argparse.Namespace) -> int:
    """Appoint, and show a new code once."""
    prepare()
    from replenish.people.actions import appoint
    from replenish.people.queries import unit_tree

    asker = operator(chosen)
    tree = unit_tree(asker.organisation, chosen.on)
    made = appoint(
        asker=asker,
        role=chosen.role,
        name=chosen.name,
        account=chosen.account,
        unit=unit_named(chosen.unit, tree, chosen.on) if chosen.unit else None,
        on=chosen.on,
    )
    if chosen.json:
        print_json({"account": made.account, "code": made.code})
        return 0
    print(f"account  {made.account}")
    if made.code:
        print(f"code     {made.code}")
        say(ONCE)
        say(f"Both are typed at {sign_in_address()}")
    return 0


def sign_in_address() -> str:
    """Where people with an account sign in."""
    from django.conf import settings

    return f"{settings.REPLENISH_ADDRESS}/staff/sign-in/"


def run_accounts(chosen: argparse.Namespace) -> int:
    """Print everybody with their roles."""
    prepare()
    from replenish.people.queries import accounts, unit_tree

    organisation = organisation_of(chosen)
    paths = {unit.unit: " / ".join(unit.path) for unit in unit_tree(organisation)}
    rows = [
        {
            "name": one.name,
            "account": one.account,
            "role": role.kind,
            "unit": role.unit,
            "from": role.from_date.isoformat(),
            "until": role.until_date.isoformat() if role.until_date else None,
        }
        for one in accounts(organisation)
        for role in one.roles
    ]
    if chosen.json:
        print_json(rows)
        return 0
    print_table(
        ["name", "account", "role", "for", "from"],
        [
            [
                str(row["name"]),
                str(row["account"]),
                str(row["role"]),
                "the whole" if row["unit"] is None else paths.get(str(row["unit"]), "a unit that has ended"),
                str(row["from"]),
            ]
            for row in rows
        ],
    )
    return 0


def run_end_role(chosen: argparse.Namespace) -> int:
    """End one role."""
    prepare()
    from replenish.people.actions import end_role
    from replenish.people.queries import unit_tree

    asker = operator(chosen)
    unit = unit_named(chosen.unit, unit_tree(asker.organisation)) if chosen.unit else None
    end_role(asker=asker, account=chosen.account, role=chosen.role, unit=unit)
    say("Ended. Proposals that rested on this role have ended with it.")
    return 0


def run_leave(chosen: argparse.Namespace) -> int:
    """End one account."""
    prepare()
    from replenish.people.actions import end_account

    end_account(asker=operator(chosen), account=chosen.account)
    say("Ended. The code opens nothing any more, and proposals that rested on this account have ended.")
    return 0


def run_new_code(chosen: argparse.Namespace) -> int:
    """Replace a code and show the new one once."""
    prepare()
    from replenish.people.actions import replace_code

    print(replace_code(asker=operator(chosen), account=chosen.account))
    say(ONCE)
    return 0
