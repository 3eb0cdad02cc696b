"""What the wall refuses: partitions, bands, releases, model results."""

from __future__ import annotations

from replenish.basis.errors import Fault


class DisclosureFault(Fault):
    """What the wall refuses: partitions, bands, releases, model results."""

    SCALE_WITHOUT_NAME = ("scale.without_name", "a scale needs a name; give it one")
    SCALE_RANGE = (
        "scale.range",
        "the range of '{scale}' goes from {low} to {high}; give two numbers, the lower one first",
    )
    SCALE_STEP = (
        "scale.step",
        "the step {step} does not divide the range of '{scale}' ({low} to {high}) into equal parts",
    )
    SCALE_SHAPE = ("scale.shape", "the answers to one question must be one column; this has {dimensions}")
    SCALE_OUTSIDE = (
        "scale.outside",
        "the answer {value} is outside the range {low} to {high}; correct it or leave it empty",
    )
    SCALE_OFF_GRID = (
        "scale.off_grid",
        "the answer {value} is none of the possible answers ({low} to {high} in steps of {step}); correct it",
    )
    BELOW_FLOOR = ("disclosure.below_floor", "nothing is said about fewer than {floor} people")
    FLOOR_LOWERED = (
        "disclosure.floor_lowered",
        "the floor may be a whole number of {floor} or more, not {asked}; a setting can raise it only",
    )
    BAND_RANGE = ("band.range", "a band from {low} to {high} does not lie between 0 and 100")
    MEAN_RANGE = ("band.mean_range", "a mean of {mean} does not lie between 0 and 100")
    SIZE_CLASS_UNKNOWN = ("band.size_class_unknown", "there is no size class '{size}'")
    UNIT_UNKNOWN = (
        "unit.unknown",
        "the unit '{unit}' is not part of the reporting groups; check its spelling, or plan a new season",
    )
    UNIT_NAME = ("unit.name", "a unit has an empty name; name every unit")
    UNIT_ALIKE = (
        "unit.alike",
        (
            "the units '{one}' and '{other}' differ by capital letters or blanks only; "
            "if they are one unit give it one spelling, else another name"
        ),
    )
    UNIT_DEPTH = (
        "unit.depth",
        "the unit '{unit}' has another number of levels than the rest; give every unit the same levels",
    )
    HEADCOUNT_NUMBER = (
        "headcount.number",
        "the headcount of '{unit}' is {headcount}; it must be a whole number, zero or more",
    )
    HEADCOUNT_EMPTY = ("headcount.empty", "there are no units; list every unit with its headcount")
    HEADCOUNT_UNIT_MISSING = (
        "headcount.unit_missing",
        "the headcount does not name the unit '{unit}'; add it, or leave the headcount out",
    )
    HEADCOUNT_EXCEEDED = (
        "headcount.exceeded",
        (
            "'{unit}' has more answers ({answers}) than people ({headcount}); correct the headcount, "
            "or look for people who answered twice"
        ),
    )
    PARTITION_GROUP = ("partition.group", "the reporting group '{group}' does not fit its own units")
    PARTITION_OVERLAP = ("partition.overlap", "the unit '{unit}' is in two reporting groups")
    PARTITION_LABELS = ("partition.labels", "two reporting groups have the same label")
    PARTITION_EMPTY = ("partition.empty", "a plan needs either reporting groups or a reason for having none")
    PARTITION_CONTINUING = (
        "partition.continuing",
        "'{group}' is not a reporting group of the season before; check the spelling",
    )
    RELEASE_CONSTRUCTED_OUTSIDE = (
        "release.constructed_outside",
        "a {kind} can only be made from answers by the disclosure room, not put together elsewhere",
    )
    RELEASE_COPIED = ("release.copied", "a {kind} is never copied or changed; pass on the one there is")
    RELEASE_CHANGED = (
        "release.changed",
        "this {kind} was changed after it was made; make it again",
    )
    RELEASE_ROUND_NAME = ("release.round_name", "a round needs a name; give it one")
    RELEASE_ROUND_TWICE = (
        "release.round_twice",
        "the round '{round}' was released before; what is published is never made again",
    )
    RELEASE_ROWS = (
        "release.rows",
        "there are {units} units and {answers} answers to '{scale}'; each row needs one of both",
    )
    RELEASE_SCALES_EMPTY = ("release.scales_empty", "there is no question to release; name at least one")
    RELEASE_SCALE_TWICE = ("release.scale_twice", "the question '{scale}' is named twice; name it once")
    RELEASE_SCALE_VALUES = (
        "release.scale_values",
        "'{scale}' is named as a question or has answers, but not both; name each question with its range",
    )
    RELEASE_SAME_ANSWERS = (
        "release.same_answers",
        (
            "'{scale}' follows from {others}; two figures from the same answers could give people away, "
            "so release either the one or the other"
        ),
    )
    RELEASE_OTHER_SCALES = (
        "release.other_scales",
        "the earlier release asked '{scale}' otherwise or not at all; use the same questions and ranges",
    )
    RELEASE_OTHER_FLOOR = (
        "release.other_floor",
        (
            "the earlier release used a floor of {earlier}, this one would use {floor}; a floor may be "
            "raised, never lowered"
        ),
    )
    RELEASE_OTHER_RULE = (
        "release.other_rule",
        (
            "the earlier release was made under '{earlier}', which is later than '{rule}'; a chain goes "
            "from a rule to a later one, never back"
        ),
    )
    RULE_UNKNOWN = (
        "release.rule_unknown",
        (
            "'{rule}' is no rule that this version of the software knows (the newest it knows is "
            "'{newest}'); read the release with the version that made it, or with a later one"
        ),
    )
    RELEASE_OTHER_PARTITION = (
        "release.other_partition",
        (
            "the groups of round '{round}' are not those of '{earlier}'; keep them for the season, "
            "or begin a new season"
        ),
    )
    RELEASE_FORMAT = (
        "release.format",
        "this is not a file of releases ({why}); use the releases.json that was written with a report",
    )
    RELEASE_HASH = (
        "release.hash",
        "the release of round '{round}' was changed after it was published; use the file as it was written",
    )
    RELEASE_CHAIN = (
        "release.chain",
        "the release of round '{round}' does not follow the one before it; keep all releases, in order",
    )
    RELEASE_OVERWRITTEN = (
        "release.overwritten",
        (
            "this file holds releases that the new ones do not continue; what is published is never "
            "replaced, so continue it with --after, or write to another file"
        ),
    )
    RELEASE_RULE_BROKEN = (
        "release.rule_broken",
        "the release of round '{round}' says more than the rules allow ({why}); do not publish it",
    )
    MODEL_RESULT_SMALL = (
        "model_result.small",
        "effects are shown for at least {people} people in at least {groups} groups only",
    )
    MODEL_RESULT_TWICE = (
        "model_result.twice",
        "the {kind} result for '{outcome}' and '{condition}' is given twice; a model is fitted once a round",
    )
    MODEL_RESULT_KIND = ("model_result.kind", "there is no kind of model result called '{kind}'")
    MODEL_RESULT_NUMBERS = (
        "model_result.numbers",
        "the {kind} result for '{outcome}' is not a usable number with its interval in order",
    )
