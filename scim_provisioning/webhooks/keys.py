"""The key pair that signs a webhook's events: ES256 (RFC 7518 §3.4), shown as a JWKS.

Must not know what is signed. At rest the private key is encrypted with the deployment's
SECRET_KEY, so that a copy of the database alone signs nothing.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.utils.crypto import salted_hmac
from jwt.algorithms import ECAlgorithm

ALGORITHM = "ES256"


class UnreadableKey(Exception):
    """The private key was encrypted under a SECRET_KEY that is no more: it has to be rotated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPair:
    id: str
    private_key: str
    """As it is stored."""
    public_key: dict[str, Any]
    """A JWK (RFC 7517 §4)."""


def new_key() -> KeyPair:
    """Make a key pair."""
    private_key = ec.generate_private_key(ec.SECP256R1())
    stored = private_key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(_password(settings.SECRET_KEY)),
    )
    id = secrets.token_hex(8)
    public_key = ECAlgorithm.to_jwk(private_key.public_key(), as_dict=True)
    return KeyPair(
        id=id,
        private_key=stored.decode(),
        public_key={**public_key, "kid": id, "alg": ALGORITHM, "use": "sig"},
    )


def read_key(stored: str) -> ec.EllipticCurvePrivateKey:
    """Decrypt a stored private key; raises UnreadableKey."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            private_key = serialization.load_pem_private_key(stored.encode(), _password(secret))
        except ValueError:
            continue
        if isinstance(private_key, ec.EllipticCurvePrivateKey):
            return private_key
    raise UnreadableKey


def _password(secret: str | bytes) -> bytes:
    hashed = salted_hmac("scim_provisioning.webhooks.keys", "", secret, algorithm="sha256")
    return hashed.hexdigest().encode()
