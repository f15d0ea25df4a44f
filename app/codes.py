"""Unguessable codes: public ids, badge codes, short codes people read aloud, tokens of links."""

import base64
import hashlib
import hmac
import re
import secrets

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B: what is read aloud or typed from a badge must not be mistaken.
READABLE = "ACDEFGHJKMNPQRTUVWXY34679"
# As `derived_token` makes them, at the end of a link.
_TOKEN_IN_LINK = re.compile(r"/[a-z2-7]{26}(?![a-z2-7])")


def new_public_id() -> str:
    """Address of a row outside the database: 80 random bits, 16 lower-case characters."""
    return base64.b32encode(secrets.token_bytes(10)).decode().lower()


def derived_public_id(purpose: str, subject: str) -> str:
    """The public id a row will bear that is opened because of another, so that it is known before it is there."""
    return base64.b32encode(hashlib.sha256(f"{purpose}:{subject}".encode()).digest()[:10]).decode().lower()


def new_device_token() -> str:
    """What a desk's device proves itself with: 128 random bits, 26 lower-case characters."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def new_badge_code() -> str:
    """What a badge's QR contains: 128 random bits, 26 upper-case alphanumeric characters."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=")


def new_short_code() -> str:
    """Eight characters without look-alikes, typed at the desk when a QR cannot be read."""
    return "".join(secrets.choice(READABLE) for _ in range(8))


def derived_token(secret: str, purpose: str, subject: str, version: int = 1) -> str:
    """The secret part of a personal link: 128 bits, 26 lower-case characters.

    It is recomputed whenever a letter is composed, so that the database keeps only its hash
    (architecture promise 4) and a queued letter holds no secret. Raising `version` revokes it.
    """
    message = f"{purpose}:{subject}:{version}".encode()
    digest = hmac.new(secret.encode(), message, hashlib.sha256).digest()[:16]
    return base64.b32encode(digest).decode().rstrip("=").lower()


def derived_digits(secret: str, purpose: str, subject: str, version: int, length: int = 6) -> str:
    """Digits to type, made anew from the key like `derived_token`; never stored, only `keyed_hash`."""
    message = f"{purpose}:{subject}:{version}".encode()
    number = int.from_bytes(hmac.new(secret.encode(), message, hashlib.sha256).digest())
    return str(number % 10**length).zfill(length)


def keyed_hash(secret: str, text: str) -> str:
    """What the database keeps of a short code: useless to whoever has the database but not the key."""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def without_tokens(text: str) -> str:
    """`text` with the secret part of every personal link replaced by "…", as the database may keep it."""
    return _TOKEN_IN_LINK.sub("/…", text)


def token_hash(token: str) -> str:
    """What the database keeps of a link's token: its SHA-256, 64 hexadecimal characters."""
    return hashlib.sha256(token.strip().lower().encode()).hexdigest()


def normal_code(typed: str) -> str:
    """A scanned or typed code as it is stored: upper case, without spaces or hyphens."""
    text = typed.upper()
    return text if text.isalnum() else "".join(c for c in text if c.isalnum())
