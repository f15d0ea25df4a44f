"""What mail servers report of letters they took: delivery status notifications (RFC 3464, in a report of RFC 6522).

Pure parsing, no database: a message in, what it says of our letters out. A notification is believed only when it names
the unguessable id of a letter: as the envelope's id we gave (RFC 3461), or as the Message-ID of what it sends back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

# As `app.codes.new_public_id` makes them.
_ID = re.compile(r"[a-z2-7]{16}")
_MESSAGE_ID = re.compile(r"<([a-z2-7]{16})@[^<>\s]+>")
# RFC 3463.
_STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
LONGEST = 5 * 1024 * 1024


@dataclass(frozen=True)
class Notice:
    """What is said of one letter: `outcome` is "bounced" (never delivered) or "delayed" (still tried).

    `address` is whom it was for, as far as it is said; `reason` the status and the other server's words.
    """

    public_id: str
    outcome: str
    address: str
    reason: str


def is_report(mail: bytes) -> bool:
    """Whether a mail is a delivery status notification at all, of whatever it speaks."""
    return _status_part(_parsed(mail)) is not None


def read_notices(mail: bytes) -> list[Notice]:
    """What a mail says of our letters; nothing when it is no delivery status notification, or not of ours."""
    message = _parsed(mail)
    status = _status_part(message)
    if status is None:
        return []
    groups = [part for part in status.get_payload() if isinstance(part, Message)]
    about = groups[0] if groups else Message()
    public_id = _named(about) or _returned(message)
    if not public_id:
        return []
    return [notice for group in groups if (notice := _notice(public_id, group)) is not None]


def _parsed(mail: bytes) -> EmailMessage:
    # compat32 for the groups of fields: odd lines are read, never refused.
    return message_from_bytes(mail[:LONGEST], policy=policy.default)


def _status_part(message: EmailMessage) -> Message | None:
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status" and isinstance(part.get_payload(), list):
            return part
    return None


def _named(fields: Message) -> str:
    """The id given with the envelope."""
    found = _ID.fullmatch(str(fields.get("Original-Envelope-Id", "")).strip())
    return found[0] if found else ""


def _returned(message: EmailMessage) -> str:
    """The Message-ID of the letter, in the copy or the headers that come back."""
    for text in _copies(message):
        found = re.search(r"(?im)^message-id:\s*(\S+)", text)
        own = _MESSAGE_ID.match(found[1]) if found else None
        if own:
            return own[1]
    return ""


def _copies(message: EmailMessage) -> Iterator[str]:
    for part in message.walk():
        kind = part.get_content_type()
        inner = part.get_payload()
        if kind == "message/rfc822" and isinstance(inner, list) and isinstance(inner[0], Message):
            yield "".join(f"{name}: {value}\n" for name, value in inner[0].items())
        elif kind in {"text/rfc822-headers", "message/rfc822-headers"}:
            body = part.get_payload(decode=True)
            yield body.decode("utf-8", "replace") if isinstance(body, bytes) else str(part.get_payload())


def _notice(public_id: str, group: Message) -> Notice | None:
    """One addressee's fields; None where nothing is wrong, or where they are those of the whole message."""
    action = str(group.get("Action", "")).split(";")[0].strip().lower()
    outcome = {"failed": "bounced", "delayed": "delayed"}.get(action)
    if outcome is None:
        return None
    told = _STATUS.search(str(group.get("Status", "")))
    status = told[0] if told else ""
    words = " ".join(str(group.get("Diagnostic-Code", "")).partition(";")[2].split())
    reason = words if status and status in words else f"{status} {words}".strip()
    return Notice(public_id, outcome, _address(group), reason[:500] or action)


def _address(group: Message) -> str:
    """Whom the letter was for: the address we wrote to before the one it was handed on to."""
    for name in ("Original-Recipient", "Final-Recipient"):
        value = str(group.get(name, "")).partition(";")[2].strip()
        if "@" in value:
            return value.strip("<>")
    return ""
