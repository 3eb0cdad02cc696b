"""The release: what is said about people, made once for each round and never changed."""

from replenish.disclosure.bands import RULE
from replenish.disclosure.release.files import FORMAT, read_releases, releases_from_plain, write_releases
from replenish.disclosure.release.making import make_release
from replenish.disclosure.release.plain import chain_from_plain, from_plain, to_plain
from replenish.disclosure.release.published import (
    Cell,
    ParentCell,
    PublishedGroup,
    PublishedParent,
    Release,
)
from replenish.disclosure.release.response import QUARTERS
from replenish.disclosure.release.results import with_model_results

__all__ = [
    "FORMAT",
    "QUARTERS",
    "RULE",
    "Cell",
    "ParentCell",
    "PublishedGroup",
    "PublishedParent",
    "Release",
    "chain_from_plain",
    "from_plain",
    "make_release",
    "read_releases",
    "releases_from_plain",
    "to_plain",
    "with_model_results",
    "write_releases",
]
