"""A passkey made of software: answers a house's questions as a phone would, and as a copy or a thief would."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG


@dataclass
class SoftKey:
    """One key of one person for the house `host`; `verified` is whether it asked for finger or PIN."""

    host: str = "testserver"
    verified: bool = True
    counter: int = 0
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def _told(self, kind: str, challenge: str, origin: str) -> CollectedClientData:
        return CollectedClientData.create(kind, websafe_decode(challenge), origin or f"https://{self.host}")

    def _flags(self, *more: AuthenticatorData.FLAG) -> AuthenticatorData.FLAG:
        flags = FLAG.UP | FLAG.UV if self.verified else FLAG.UP
        for one in more:
            flags |= one
        return flags

    def made(self, options: dict[str, Any], origin: str = "") -> dict[str, Any]:
        """Answer the question to make a key."""
        told = self._told("webauthn.create", options["publicKey"]["challenge"], origin)
        public = ES256.from_cryptography_key(self.private.public_key())  # type: ignore[no-untyped-call]  # of the library
        known = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        proof = AuthenticatorData.create(
            sha256(self.host.encode()).digest(), self._flags(FLAG.AT), self.counter, bytes(known)
        )
        whole = AttestationObject.create("none", proof, {})
        return self._answer({"clientDataJSON": websafe_encode(told), "attestationObject": websafe_encode(bytes(whole))})

    def proved(self, options: dict[str, Any], origin: str = "") -> dict[str, Any]:
        """Answer the question for a proof."""
        self.counter += 1
        told = self._told("webauthn.get", options["publicKey"]["challenge"], origin)
        proof = AuthenticatorData.create(sha256(self.host.encode()).digest(), self._flags(), self.counter)
        signed = self.private.sign(bytes(proof) + told.hash, ec.ECDSA(SHA256()))
        parts = {"clientDataJSON": told, "authenticatorData": bytes(proof), "signature": signed}
        return self._answer({name: websafe_encode(part) for name, part in parts.items()})

    def _answer(self, response: dict[str, str]) -> dict[str, Any]:
        name = websafe_encode(self.id)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
