"""How much memory reading a file would need, how much there is, and a refusal before it runs out."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from replenish.basis.errors import refuse
from replenish.basis.faults import TableFault

BYTES_PER_CELL: Final = 32
"""8 for the number; reading ten million rows was seen to peak at 25; 7 for the caller's own arrays."""

_MEMINFO: Final = Path("/proc/meminfo")
_CGROUPS: Final = (
    (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")),
    (
        Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
        Path("/sys/fs/cgroup/memory/memory.usage_in_bytes"),
    ),
)


def available_memory() -> int | None:
    """Bytes that may still be used, by the system and by its container; None where neither tells."""
    found = [_system_memory(), *(_group_memory(limit, used) for limit, used in _CGROUPS)]
    known = [amount for amount in found if amount is not None]
    return min(known) if known else None


def require_memory(path: object, needed: float, memory_limit: int | None) -> None:
    """Refuse a file that would not fit, before it is read.

    Raises:
        Refused: FILE_TOO_LARGE, with the memory needed and the memory that may be used.
    """
    limit = available_memory() if memory_limit is None else memory_limit
    if limit is not None and needed > limit:
        refuse(TableFault.FILE_TOO_LARGE, file=path, needed=_size(needed), limit=_size(limit))


def _system_memory() -> int | None:
    if not _MEMINFO.exists():
        return None
    for line in _MEMINFO.read_text().splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return None


def _group_memory(limit: Path, used: Path) -> int | None:
    try:
        most = limit.read_text().strip()
        now = used.read_text().strip()
    except OSError:
        return None
    return max(0, int(most) - int(now)) if most.isdigit() and now.isdigit() else None


def _size(amount: float) -> str:
    for unit in ("bytes", "kB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"
