"""The secrets of one installation: random, made when first asked for, in one file that only its owner reads."""

import fcntl
import json
import os
import secrets
from pathlib import Path


class Keyring:
    """Secrets by name in `folder/keyring.json` (mode 0600)."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "keyring.json"

    def __getitem__(self, name: str) -> str:
        """Return the secret of that name, made now if it is new: 256 bits, characters safe in a URL."""
        known = self._read()
        if name not in known:
            known = self._add(name)
        return known[name]

    def _read(self) -> dict[str, str]:
        try:
            known: dict[str, str] = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return known

    def _add(self, name: str) -> dict[str, str]:
        with self._path.with_suffix(".lock").open("w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            known = self._read()
            known.setdefault(name, secrets.token_urlsafe(32))
            part = self._path.with_suffix(".part")
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(known, file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._path)
        return known
