"""An instrument as data: what is asked, how it is scored, what is known about it and how surely.

A `Pack` that exists is a valid pack: building one runs every rule of `pack_rules`, and a broken key
is refused by name, because a wrong key is worse than none.
"""

from __future__ import annotations

from functools import cached_property
from typing import Self

from pydantic import model_validator

from replenish.basis.errors import Refused, refuse
from replenish.basis.faults import PackFault
from replenish.basis.identifiers import content_hash
from replenish.measures.pack_parts import Item, Norm, PackContent, Scale
from replenish.measures.pack_rules import broken_rules


class Pack(PackContent):
    """An instrument pack. Immutable: a changed or shortened version is a new pack, named "adapted".

    Raises:
        Refused: a rule of `pack_rules` is broken; every broken rule is named.
    """

    @model_validator(mode="after")
    def _keep_the_rules(self) -> Self:
        broken = broken_rules(self)
        if broken:
            raise Refused(broken)
        return self

    @cached_property
    def content_hash(self) -> str:
        """What identifies this pack exactly: key, facts, licence and wording, in whatever order of fields."""
        return content_hash(self.model_dump(mode="json", exclude_defaults=True))

    def item(self, code: str) -> Item:
        """The item of that code.

        Raises:
            Refused: the pack has no such item.
        """
        found = next((item for item in self.items if item.code == code), None)
        if found is None:
            refuse(PackFault.PACK_NO_SUCH_ITEM, pack=self.id, item=code)
        return found

    def scale(self, code: str) -> Scale:
        """The scale of that code.

        Raises:
            Refused: the pack has no such scale.
        """
        found = next((scale for scale in self.scales if scale.code == code), None)
        if found is None:
            known = ", ".join(scale.code for scale in self.scales)
            refuse(PackFault.PACK_NO_SUCH_SCALE, pack=self.id, scale=code, known=known)
        return found

    def norms_of(self, scale_code: str) -> tuple[Norm, ...]:
        """The norms of one scale, in the order of the pack."""
        return tuple(norm for norm in self.norms if norm.scale == scale_code)

    def norm(self, scale_code: str) -> Norm:
        """The first norm of a scale: the one a score is compared with unless another is named.

        Raises:
            Refused: the pack has no norm for that scale.
        """
        norms = self.norms_of(self.scale(scale_code).code)
        if not norms:
            refuse(PackFault.PACK_NO_NORM, pack=self.id, scale=scale_code)
        return norms[0]


def scale_range(pack: Pack, scale_code: str) -> tuple[float, float]:
    """The lowest and highest possible score of a scale, as its items and its method allow.

    Raises:
        Refused: the pack has no such scale.
    """
    scale = pack.scale(scale_code)
    return scale.range.low, scale.range.high
