"""What reliability, agreement and the study of conditions may be refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class AgreementFault(Fault):
    """What reliability, agreement and the study of conditions may be refused for."""

    RELIABILITY_TOO_FEW_ITEMS = (
        "reliability.too_few_items",
        "reliability compares items with each other, so at least {least} are needed, and {items} is given",
    )
    RELIABILITY_CONSTANT_ITEM = (
        "reliability.constant_item",
        "everybody gave the same answer to this item, so it cannot be compared with the others; leave it out",
    )
    RELIABILITY_REVERSED_ITEM = (
        "reliability.reversed_item",
        "this item runs against the others; reverse its scores if it is worded that way, or leave it out",
    )
    RELIABILITY_NO_ROOM = (
        "reliability.no_room",
        "omega fails here: this item is left no error (a Heywood case); leave it out, or use alpha alone",
    )
    RELIABILITY_NO_TOTAL = (
        "reliability.no_total",
        "the items cancel each other out, so the sum is the same for everybody; check which are reversed",
    )
    AGREEMENT_TOO_FEW_UNITS = (
        "agreement.too_few_units",
        "there are {units} units with complete answers, and at least {least} are needed",
    )
    AGREEMENT_NO_PAIRS = (
        "agreement.no_pairs",
        "no unit has two people with complete answers, so nobody can be compared with a colleague",
    )
    AGREEMENT_NO_SPREAD = (
        "agreement.no_spread",
        "everybody has the same value here, so there are no differences to look at",
    )
    AGREEMENT_NULL_VARIANCE = (
        "agreement.null_variance",
        "the variance expected by chance is {value}, and it must be above zero; check the ends of the scale",
    )
    AGREEMENT_SCALE = (
        "agreement.scale",
        "steps of {step} do not lead from {low} to {high}; give the lowest and highest answer and the step",
    )
    CONDITIONS_NONE = ("conditions.none", "no condition was given; name at least one")
    CONDITIONS_TWICE = (
        "conditions.twice",
        "this column is named twice; the outcome, the conditions and the exposures must be different columns",
    )
    CONDITIONS_REPEATED = (
        "conditions.repeated",
        "this column says nothing that the columns before it do not already say; leave it out",
    )
    CONDITIONS_UNITS_ALIKE = (
        "conditions.units_alike",
        "units differ no more than by chance in this condition, so it cannot explain their differences",
    )
    CONDITIONS_STEADY = (
        "conditions.steady",
        "people of one unit all have the same value here, so own and shared reports cannot be told apart",
    )
    CONDITIONS_DIRECTION = (
        "conditions.direction",
        "a direction was given for this column, but it is neither the outcome nor a condition",
    )
    CONDITIONS_RANGE = (
        "conditions.range",
        "give the lowest and the highest possible answer of this column; every answer must lie between",
    )
    SPLIT_VOICE_UNRELIABLE = (
        "conditions.others_unreliable",
        "reports of others agree too little (reliability {reliability:.2f}, {least:.2f} needed) to be used",
    )
    SPLIT_VOICE_ENTANGLED = (
        "conditions.others_entangled",
        "reports of others cannot tell these conditions apart: {conditions}; look at fewer of them at once",
    )
    SPLIT_VOICE_TOO_FEW_UNITS = (
        "conditions.others_too_few_units",
        "there are {units} units of two or more people, and at least {least} are needed for these conditions",
    )
