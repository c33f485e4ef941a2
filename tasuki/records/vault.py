"""What is sealed and hashed under a key that is not in the database (TASUKI_FACTOR_KEY): second factors, words sought, lists."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

MARK = b"1"  # the first byte says which key and method; a change of key brings another
NONCE = 12
FACTOR, SOUGHT, EXPORT = "seal", "sought", "export"  # what a sealed text is for; each has a key of its own


def _key(purpose: str) -> bytes:
    return hmac.digest(settings.FACTOR_KEY.encode(), purpose.encode(), "sha256")


def seal(secret: bytes, owner: UUID, purpose: str = FACTOR) -> bytes:
    """Encrypt a secret of an account or a member of staff (AES-256-GCM); it opens for them and this purpose only."""
    nonce = secrets.token_bytes(NONCE)
    return MARK + nonce + AESGCM(_key(purpose)).encrypt(nonce, secret, owner.bytes)


def unseal(sealed: bytes | memoryview[int], owner: UUID, purpose: str = FACTOR) -> bytes:
    """Decrypt a secret. Raises LookupError when it was sealed for somebody or something else, or under another key."""
    whole = bytes(sealed)
    try:
        return AESGCM(_key(purpose)).decrypt(whole[1 : 1 + NONCE], whole[1 + NONCE :], owner.bytes)
    except InvalidTag as wrong:
        raise LookupError("the secret was sealed for somebody or something else, or under another key") from wrong


def slow_hash(code: str, account: UUID) -> bytes:
    """Hash a recovery code as a password is hashed (argon2id, the account as salt), then under the key outside."""
    slow = hash_secret_raw(
        code.encode(), account.bytes, time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, type=Type.ID
    )
    return keyed_hash(slow.hex(), "recovery")


def keyed_hash(text: str, purpose: str) -> bytes:
    """Hash an address so that the table alone tells nothing, even to somebody who can guess."""
    return hmac.digest(_key(purpose), text.encode(), hashlib.sha256)
