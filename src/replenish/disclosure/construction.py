"""The one key to the types that may be published: only this room holds it.

Python cannot forbid construction, so three things together make a published thing recognisable: the
constructor asks for the key, every way of copying is refused, and `require_genuine` accepts only the
very objects that were built here and whose content still has the hash they were built with.
"""

from __future__ import annotations

import weakref
from typing import ClassVar, NoReturn, Protocol, Self, runtime_checkable

from replenish.basis.errors import refuse
from replenish.basis.faults import DisclosureFault


class ConstructionKey:
    """Held by the modules that build published things; there is one."""


KEY = ConstructionKey()

_genuine: dict[int, tuple[weakref.ref[Sealed], str]] = {}
"""Everything built here that is still alive, with the hash it was built with: its own could be exchanged."""


@runtime_checkable
class HasContentHash(Protocol):
    """A thing whose content can be hashed again, to see whether it was changed behind its back."""

    @property
    def hash(self) -> str:
        """The content hash it was built with."""

    def content_hash(self) -> str:
        """The content hash it has now."""


class Sealed:
    """Base of the types that only this room constructs; refuses copies, pickles and subclasses."""

    __slots__ = ("__weakref__",)
    _final: ClassVar[bool] = False

    def __init_subclass__(cls, *, final: bool = False) -> None:
        super().__init_subclass__()
        inherited = [base for base in cls.__mro__[1:] if base.__dict__.get("_final")]
        # A dataclass with slots is built twice under one name; the second is not a subclass of the first.
        if inherited or not cls.__module__.startswith("replenish.disclosure."):
            refuse(DisclosureFault.RELEASE_CONSTRUCTED_OUTSIDE, kind=cls.__name__)
        if final:
            cls._final = True

    def _admit(self, key: ConstructionKey | None) -> None:
        if key is not KEY:
            refuse(DisclosureFault.RELEASE_CONSTRUCTED_OUTSIDE, kind=type(self).__name__)
        if not isinstance(self, HasContentHash):
            refuse(DisclosureFault.RELEASE_CONSTRUCTED_OUTSIDE, kind=type(self).__name__)
        identity = id(self)
        _genuine[identity] = weakref.ref(self, lambda _: _genuine.pop(identity, None)), self.hash

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        refuse(DisclosureFault.RELEASE_COPIED, kind=type(self).__name__)

    def __reduce__(self) -> NoReturn:
        refuse(DisclosureFault.RELEASE_COPIED, kind=type(self).__name__)

    def __copy__(self) -> NoReturn:
        refuse(DisclosureFault.RELEASE_COPIED, kind=type(self).__name__)

    def __deepcopy__(self, memo: object) -> NoReturn:
        refuse(DisclosureFault.RELEASE_COPIED, kind=type(self).__name__)

    def __replace__(self, **changes: object) -> Self:
        refuse(DisclosureFault.RELEASE_COPIED, kind=type(self).__name__)


def require_genuine(value: object, kind: type[Sealed]) -> None:
    """Accept only an object of exactly this type, built by this room and unchanged since.

    Raises:
        Refused: it was built, copied or changed elsewhere.
    """
    known, built_with = _genuine.get(id(value), (None, None))
    if type(value) is not kind or known is None or known() is not value:
        refuse(DisclosureFault.RELEASE_CONSTRUCTED_OUTSIDE, kind=kind.__name__)
    if not isinstance(value, HasContentHash) or not built_with == value.hash == value.content_hash():
        refuse(DisclosureFault.RELEASE_CHANGED, kind=kind.__name__)


def require_built_here(value: object, kind: type[Sealed]) -> None:
    """Accept only an object of exactly this type that this room built, without hashing its content anew.

    For a page of years of releases, each of which this process has read and checked a moment or a day ago.

    Raises:
        Refused: it was built or copied elsewhere.
    """
    known, _ = _genuine.get(id(value), (None, None))
    if type(value) is not kind or known is None or known() is not value:
        refuse(DisclosureFault.RELEASE_CONSTRUCTED_OUTSIDE, kind=kind.__name__)
