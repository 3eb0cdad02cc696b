"""The release: what is said about people, made once for each round and never changed."""

from replenish.disclosure.release.published import (
    RULE,
    Cell,
    ParentCell,
    PublishedGroup,
    PublishedParent,
    Release,
)

__all__ = ["RULE", "Cell", "ParentCell", "PublishedGroup", "PublishedParent", "Release"]
