"""The packs that come with the software, and reading a pack of one's own."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from replenish.basis.errors import Refused, problem, refuse
from replenish.basis.faults import PackFault, TableFault
from replenish.measures.pack import Pack
from replenish.measures.pack_shorthand import spelt_out

PACKS = Path(__file__).parent / "packs"
_LARGEST = 1_000_000  # bytes; the longest shipped pack has under 40,000


class _Reader(yaml.SafeLoader):
    """YAML without its two traps: a key given twice, and aliases that grow without end."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # the stubs lack it
            raise yaml.MarkedYAMLError(
                problem="an alias (*name) is used; write the entry out", problem_mark=mark
            )
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:  # noqa: FBT001, FBT002  the signature of PyYAML
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                text = f"the entry '{key.value}' is given twice"
                raise yaml.MarkedYAMLError(problem=text, problem_mark=key.start_mark)
            seen.add(key.value if isinstance(key, yaml.ScalarNode) else None)
        return super().construct_mapping(node, deep=deep)


def list_packs() -> list[Pack]:
    """Every pack that comes with the software, in the order of their names."""
    return [load_pack(folder.name) for folder in sorted(PACKS.iterdir()) if (folder / "pack.yaml").is_file()]


@cache
def load_pack(pack_id: str) -> Pack:
    """The shipped pack of that id.

    Raises:
        Refused: there is no such pack.
    """
    known = [folder.name for folder in sorted(PACKS.iterdir()) if (folder / "pack.yaml").is_file()]
    if pack_id not in known:
        refuse(PackFault.PACK_UNKNOWN, pack=pack_id, known=", ".join(known))
    return read_pack(PACKS / pack_id / "pack.yaml")


def read_pack(path: str | Path) -> Pack:
    """Read and check a pack from a YAML file (docs/reference/packs.md).

    Raises:
        Refused: the file cannot be read, a field is wrong or missing, or a rule of packs is broken.
    """
    return pack_from_plain(read_yaml(path), file=path)


def read_yaml(path: str | Path) -> Mapping[str, object]:
    """The one mapping of a YAML file, as plain data.

    Raises:
        Refused: no file, too large, not UTF-8, not YAML, a key given twice, an alias, or not a mapping.
    """
    place = Path(path)
    if not place.is_file():
        refuse(TableFault.FILE_MISSING, file=path)
    if place.stat().st_size > _LARGEST:
        refuse(PackFault.PACK_UNREADABLE, file=path, reason="it is larger than a pack can be (1 MB)")
    try:
        plain = yaml.load(place.read_text(encoding="utf-8"), _Reader)  # noqa: S506  a SafeLoader, made stricter
    except UnicodeDecodeError:
        refuse(PackFault.PACK_UNREADABLE, file=path, reason="it is not UTF-8 text")
    except RecursionError:
        refuse(PackFault.PACK_UNREADABLE, file=path, reason="its entries are nested too deeply")
    except yaml.MarkedYAMLError as error:
        row = error.problem_mark.line + 1 if error.problem_mark else None
        refuse(PackFault.PACK_UNREADABLE, file=path, row=row, reason=str(error.problem))
    except (yaml.YAMLError, ValueError) as error:
        refuse(PackFault.PACK_UNREADABLE, file=path, reason=str(error).splitlines()[0])
    if not isinstance(plain, Mapping) or not all(isinstance(key, str) for key in plain):
        refuse(PackFault.PACK_UNREADABLE, file=path, reason="it does not hold the named fields of a pack")
    return plain


def pack_from_plain(plain: Mapping[str, object], *, file: object = None) -> Pack:
    """Build and check a pack from plain data, short forms allowed; `file` is named in refusals.

    Raises:
        Refused: a field is wrong or missing, or a rule of packs is broken.
    """
    try:
        return Pack.model_validate(spelt_out(plain))
    except ValidationError as error:
        raise Refused(
            [
                problem(
                    PackFault.PACK_FIELD,
                    file=file,
                    field=_name(e["loc"]),
                    complaint=_complaint(e["type"], e["msg"]),
                )
                for e in error.errors(include_url=False, include_input=False)
            ]
        ) from None
    except Refused as refused:
        name = None if file is None else str(file)
        raise Refused([replace(p, place=replace(p.place, file=name)) for p in refused.problems]) from None


def _name(location: tuple[int | str, ...]) -> str:
    """`scales[2].items`, with entries of lists counted from 1 as a person counts them."""
    name = ""
    for step in location:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else step
    return name or "pack"


def _complaint(kind: str, message: str) -> str:
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return "is not a field of a pack"
    return f"is not right: {message[:1].lower()}{message[1:]}"
