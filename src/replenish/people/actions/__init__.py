"""Writes of this room: each checks who may, changes rows in one transaction and records itself."""

from replenish.people.actions.appointments import (
    Appointment,
    appoint,
    end_account,
    end_role,
    replace_code,
)
from replenish.people.actions.calling_off import call_off
from replenish.people.actions.organisations import change_setting, create_organisation, raise_floor
from replenish.people.actions.proposals import (
    confirm,
    end_lapsed_proposals,
    propose_headcount,
    propose_slips,
    withdraw,
)
from replenish.people.actions.slips import SlipsAgreed, use_agreed_slips
from replenish.people.actions.trying import try_out
from replenish.people.actions.units import add_unit, dissolve_unit, move_unit, rename_unit

__all__ = [
    "Appointment",
    "SlipsAgreed",
    "add_unit",
    "appoint",
    "call_off",
    "change_setting",
    "confirm",
    "create_organisation",
    "dissolve_unit",
    "end_account",
    "end_lapsed_proposals",
    "end_role",
    "move_unit",
    "propose_headcount",
    "propose_slips",
    "raise_floor",
    "rename_unit",
    "replace_code",
    "try_out",
    "use_agreed_slips",
    "withdraw",
]
