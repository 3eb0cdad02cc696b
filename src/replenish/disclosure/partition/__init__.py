"""P1, P8, P10: the reporting groups of a season, with nothing left over to subtract."""

from replenish.disclosure.partition.groups import Partition, ReportingGroup, UnitPath
from replenish.disclosure.partition.names import clean_path, clean_paths
from replenish.disclosure.partition.planning import headcount_of_rows, plan_partition

__all__ = [
    "Partition",
    "ReportingGroup",
    "UnitPath",
    "clean_path",
    "clean_paths",
    "headcount_of_rows",
    "plan_partition",
]
