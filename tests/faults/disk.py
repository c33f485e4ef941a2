"""Disks that can be filled, and disks whose power can be cut: small file systems of a test's own."""

from __future__ import annotations

import fcntl
import itertools
import os
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from tasuki.ops.database import fleeting_ground

SHUTDOWN = 0x8004587D  # EXT4_IOC_SHUTDOWN, _IOR('X', 125, __u32)
WITHOUT_FLUSHING = 2  # what was not yet on the disk never gets there
TRIES = 600


class Disk:
    """An ext4 file system in a file of `folder`, mounted at `at`."""

    def __init__(self, folder: Path, at: Path, megabytes: int) -> None:
        self.images = (folder / str(number) for number in itertools.count())
        self.image, self.at = next(self.images), at
        with self.image.open("wb") as file:
            file.truncate(megabytes * 2**20)
        _run("mkfs.ext4", "-q", "-F", "-m", "0", str(self.image))
        self.mount()

    def mount(self) -> None:
        """Bring it to its place; what a cut left half done is put right by its own journal."""
        _run("mount", "-o", "loop", str(self.image), str(self.at))

    def carry(self) -> None:
        """Bring back what reached the disk before the cut, as a new machine would find it.

        Why a copy: where a mount is seen from outside this process too (a container's own namespace, taken meanwhile),
        the file system that was cut lives on there, and mounting its file again gives the dead one back.
        """
        before, self.image = self.image, next(self.images)
        _run("cp", "--sparse=always", str(before), str(self.image))
        before.unlink()
        self.mount()

    def cut(self) -> None:
        """Cut the power: from here on nothing reaches the disk, and what had not reached it is gone."""
        handle = os.open(self.at, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, SHUTDOWN, struct.pack("I", WITHOUT_FLUSHING))
        finally:
            os.close(handle)

    def unmount(self) -> None:
        """Take it away, once nobody holds a file of it any more."""
        for _ in range(TRIES):
            if subprocess.run(["umount", str(self.at)], check=False, capture_output=True).returncode == 0:
                return
            time.sleep(0.1)
        raise AssertionError(f"{self.at} is still in use")

    def fill(self) -> Path:
        """Fill it to the last block; returns the file that does it."""
        path = self.at / "filler"
        with path.open("wb", buffering=0) as file:
            for size in (65536, 512):
                with suppress(OSError):
                    while True:
                        file.write(b"\xff" * size)
            os.fsync(file.fileno())
        return path

    def empty(self, path: Path) -> None:
        """Take the file away that filled it, on the disk as well: a power cut soon after would bring it back otherwise."""
        path.unlink()
        folder = os.open(self.at, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


@contextmanager
def disk(at: Path, megabytes: int) -> Iterator[Disk]:
    """Give a disk of this size at an empty folder, and take it away again."""
    at.mkdir(parents=True, exist_ok=True)
    # In memory, so that how busy the machine's own disk is plays no part: what counts is what reached the file.
    with tempfile.TemporaryDirectory(prefix="tasuki-disk-", dir=fleeting_ground()) as folder:
        made = Disk(Path(folder), at, megabytes)
        try:
            yield made
        finally:
            if os.path.ismount(at):
                made.unmount()


@cache
def why_not() -> str:
    """Say why this machine lets nobody mount a disk and cut its power; empty when it does."""
    with tempfile.TemporaryDirectory(prefix="tasuki-disk-") as folder:
        try:
            with disk(Path(folder) / "at", 16) as one:
                one.cut()
        except (OSError, subprocess.CalledProcessError) as trouble:
            return f"{type(trouble).__name__}: {trouble}"
    return ""
