"""How much memory the embedded database server keeps its pages in: a share of what this machine has."""

from __future__ import annotations

import os
from pathlib import Path

MEGABYTE = 2**20
# PostgreSQL's own 128 MB, made for any machine, hold a town's pages; a designated city has 7 GB of them.
LEAST, MOST = 128 * MEGABYTE, 4096 * MEGABYTE
SHARE = 4
_OWN_GROUP, _GROUPS = Path("/proc/self/cgroup"), Path("/sys/fs/cgroup")


def memory(own: Path = _OWN_GROUP, groups: Path = _GROUPS) -> int:
    """Return how many bytes of memory there are for this process: the machine's, or fewer where a service may not have them all.

    `own` names the control group of this process, `groups` is the folder of all of them (cgroup v2, a `MemoryMax=` of systemd).
    """
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min([machine, *_limits(own, groups)])


def pages(of: int) -> int:
    """Return how many bytes of so much memory hold the server's pages, whole megabytes (PostgreSQL's shared_buffers)."""
    return min(max(of // SHARE, LEAST), MOST) // MEGABYTE * MEGABYTE


def _limits(own: Path, groups: Path) -> list[int]:
    try:
        named = [
            line.removeprefix("0::/") for line in own.read_text(encoding="utf-8").splitlines() if line[:4] == "0::/"
        ]
    except OSError:
        return []  # no Linux
    found = []
    for name in named:
        group = groups / name
        for folder in (group, *group.parents):
            limit = folder / "memory.max"
            if folder.is_relative_to(groups) and limit.exists() and (text := limit.read_text("utf-8").strip()) != "max":
                found.append(int(text))
    return found
