"""What a badge's QR says: an unguessable identity, a version, and a signature. Pure functions, no database.

    IIIIIIIIIIIIIIIIIIIIIIIIII VV K SSSS…S      132 characters of A-Z and 2-7, without the spaces
    identity (128 random bits) |  |  Ed25519 signature (RFC 8032) of SIGNED + the 29 characters before it
                               |  number of the event's key, 1 to 31
                               version of the badge, 1 to 1023: raised when it is reprinted or replaced

132 capitals and digits make a QR of 49 modules a side at error correction Q (version 8). Badges issued before this
release say the 26 characters of their identity and nothing else: that is version 0, and remains valid until the badge
is reprinted. Which version is in force is for the database, or the list a device has, to say (`standing`); the
signature only tells a device a later badge, which its list does not hold yet, from an invented one (`is_genuine`).
The same reading in JavaScript must agree with tests/badging/code_vectors.json.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from app.codes import normal_code

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
"""RFC 4648 base32: each character stands for five bits, A for 0."""
IDENTITY, HEAD, LENGTH = 26, 29, 132
"""Characters of the identity, of what is signed, of the whole."""
LAST_VERSION, LAST_KEY = 1023, 31
SIGNED = b"PARVIS BADGE 1 "
"""Stands before what is signed, so that a signature serves for nothing else."""
_SIGNATURE_BYTES = 64


@dataclass(frozen=True)
class Code:
    """A code read: `text` as it is stored. `version` 0, `key` 0 and no `signature`: issued before signatures."""

    text: str
    identity: str
    version: int = 0
    key: int = 0
    signature: bytes = b""


def read_code(typed: str) -> Code | None:
    """The code of a badge, scanned or typed in any case, with spaces or hyphens; None when it is none.

    The eight characters people read aloud are none: they are looked up as they are.
    """
    text = normal_code(typed)
    if len(text) not in {IDENTITY, LENGTH} or not set(text) <= set(ALPHABET):
        return None
    if len(text) == IDENTITY:
        return Code(text, text)
    version = ALPHABET.index(text[26]) * 32 + ALPHABET.index(text[27])
    key, signature = ALPHABET.index(text[28]), _bytes_of(text[HEAD:])
    if not (version and key and signature):
        return None
    return Code(text, text[:IDENTITY], version, key, signature)


def write_code(identity: str, version: int, *, secret: str, subject: str, key: int) -> str:
    """The whole text of a QR: `identity` (26 characters) in that version, signed with key number `key` of `subject`.

    `subject` is the event's public id. The same arguments give the same text. Raises ValueError when the version
    or the number of the key does not fit in its place.
    """
    if not (0 < version <= LAST_VERSION and 0 < key <= LAST_KEY):
        raise ValueError("a badge has versions 1 to 1023, an event keys 1 to 31")
    head = identity + ALPHABET[version // 32] + ALPHABET[version % 32] + ALPHABET[key]
    signature = _private_key(secret, subject, key).sign(SIGNED + head.encode())
    return head + base64.b32encode(signature).decode().rstrip("=")


def public_key(secret: str, subject: str, key: int) -> bytes:
    """The 32 bytes with which a device checks what `write_code` signed with the same arguments."""
    return _private_key(secret, subject, key).public_key().public_bytes_raw()


def is_genuine(code: Code, keys: Mapping[int, bytes]) -> bool | None:
    """Whether the code was signed by one of the event's `keys` ({number: 32 bytes}).

    None when that cannot be told: it has no signature, or a key that is not among them (a device that has not
    heard of a rotation).
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if not code.signature or code.key not in keys:
        return None
    try:
        Ed25519PublicKey.from_public_bytes(keys[code.key]).verify(code.signature, SIGNED + code.text[:HEAD].encode())
    except InvalidSignature:
        return False
    return True


def standing(presented: Code, issued: str) -> str:
    """What the code `presented` is worth, `issued` being the text in force of the badge with the same identity.

    "valid"; "replaced": an older version, given up when the badge was reprinted or replaced; "forged": a text that
    was never issued.
    """
    if presented.text == issued:
        return "valid"
    in_force = read_code(issued)
    return "replaced" if in_force and presented.version < in_force.version else "forged"


def _bytes_of(text: str) -> bytes:
    """The 64 bytes of a signature, or none when its last character has bits too many: one signature, one text."""
    padded = text + "=" * (-len(text) % 8)
    try:
        content = base64.b32decode(padded)
    except binascii.Error:
        return b""
    return content if len(content) == _SIGNATURE_BYTES and base64.b32encode(content).decode() == padded else b""


@lru_cache(maxsize=64)
def _private_key(secret: str, subject: str, key: int) -> "Ed25519PrivateKey":
    """Derived from the program's own key (RFC 5869), so that the database holds nothing to sign with."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    seed = HKDF(SHA256(), 32, salt=b"parvis", info=f"badge:{subject}:{key}".encode()).derive(secret.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)
