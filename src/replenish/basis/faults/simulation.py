"""What a request for an invented organisation may be refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class SimulationFault(Fault):
    """What a request for an invented organisation may be refused for."""

    SIMULATION_RANGE = (
        "simulation.range",
        "'{name}' must be from {low} to {high}, and {value} was given",
    )
    SIMULATION_WHOLE = ("simulation.whole", "'{name}' must be a whole number, and {value} was given")
    SIMULATION_TOO_FEW = (
        "simulation.too_few",
        (
            "{people} people cannot fill {teams} teams, which need 4 people each; "
            "ask for at least {needed} people or for fewer teams"
        ),
    )
    SIMULATION_TOO_LARGE = (
        "simulation.too_large",
        (
            "{people} people over {weeks} weeks are more than {limit} person-weeks; "
            "ask for fewer people, teams or rounds"
        ),
    )
    SIMULATION_SHARES = (
        "simulation.shares",
        "the shares of {what} add up to more than 1; make one of them smaller",
    )
    SIMULATION_CORRELATIONS = (
        "simulation.correlations",
        (
            "outcomes cannot all be correlated as asked ('strain_correlation' and 'meaning_correlation'); "
            "bring the two closer to 0"
        ),
    )
    SIMULATION_UNKNOWN = (
        "simulation.unknown",
        "there is no {kind} '{name}'; choose one of {known}",
    )
    SIMULATION_EXPLAINED = (
        "simulation.explained",
        (
            "conditions and encounters alone would make {part} differ in '{outcome}' by more than the world "
            "allows; make the effects smaller or the standard deviation of {part} larger"
        ),
    )
    SIMULATION_FOLDER_IN_USE = (
        "simulation.folder_in_use",
        (
            "this folder holds '{found}', which the simulator did not write; "
            "choose an empty folder or a new name"
        ),
    )
    SIMULATION_NOT_A_FOLDER = (
        "simulation.not_a_folder",
        "there is a file of this name; choose a new name for the folder",
    )
    SIMULATION_FOLDER_UNWRITABLE = (
        "simulation.folder_unwritable",
        "the folder could not be written ({why}); choose a place where you may write",
    )
