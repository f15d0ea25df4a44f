"""Rules of accounts: one neutral answer, throttled, passwords hashed."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete
from werkzeug.security import check_password_hash, generate_password_hash

from app.accounts.models import Membership, SignInFailure, User
from app.accounts.queries import count_failures, find_user_by_email
from app.audit.service import Actor, record
from app.database import db
from app.errors import Refusal
from app.i18n import lazy

WINDOW = timedelta(minutes=15)
FAILURES_PER_ACCOUNT = 8
FAILURES_PER_ADDRESS = 40
MINIMUM_PASSWORD = 12
# Checked when the account does not exist, so that both answers take the same time.
_NOBODY = generate_password_hash("nobody has this password")


class WrongSignIn(Refusal):
    """Unknown address or wrong password: the same answer, whichever it is."""

    message = lazy("This address and password do not go together. Please check both.")
    status = 403


class TooManySignIns(Refusal):
    """Guessing is slowed down, per account and per network address."""

    message = lazy("Too many tries. Please wait a quarter of an hour, then try again.")
    status = 429


class AddressTaken(Refusal):
    """One account per address."""

    message = lazy("There is already an account for %(email)s.")


class WeakPassword(Refusal):
    """ANSSI advises length above all."""

    message = lazy("A password needs at least %(length)s characters.")


def _keys(email: str, network: str) -> tuple[str, str]:
    account = f"account:{email.strip().lower()}"
    return tuple(hashlib.sha256(k.encode()).hexdigest() for k in (account, f"from:{network}"))  # type: ignore[return-value] # two in, two out


def check_sign_in(email: str, password: str, network: str, at: datetime) -> User:
    """The account these words open. Only reads; slow on purpose (scrypt, about 0.1 s).

    Raises TooManySignIns before looking at the password, WrongSignIn otherwise.
    """
    by_account, by_address = _keys(email, network)
    if (
        count_failures(by_account, at - WINDOW) >= FAILURES_PER_ACCOUNT
        or count_failures(by_address, at - WINDOW) >= FAILURES_PER_ADDRESS
    ):
        raise TooManySignIns
    user = find_user_by_email(email)
    is_right = check_password_hash(user.password_hash if user else _NOBODY, password)
    if user is None or not is_right or not user.is_active:
        raise WrongSignIn
    return user


def record_failure(email: str, network: str, at: datetime) -> None:
    """Count a refused sign-in and forget those that no longer count."""
    db.session.execute(delete(SignInFailure).where(SignInFailure.at < at - timedelta(days=1)))
    db.session.add_all(SignInFailure(key=key, at=at) for key in _keys(email, network))


def add_user(email: str, name: str, password: str, role: str, *, actor: Actor, at: datetime) -> User:
    """Open an account with a role on every event. Raises AddressTaken, WeakPassword."""
    if find_user_by_email(email):
        raise AddressTaken(email=email)
    if len(password) < MINIMUM_PASSWORD:
        raise WeakPassword(length=MINIMUM_PASSWORD)
    user = User(
        email=email.strip().lower(),
        name=name or email.partition("@")[0],
        password_hash=generate_password_hash(password),
        created_at=at,
        memberships=[Membership(role=role)],
    )
    db.session.add(user)
    db.session.flush()
    record(actor, "user.added", kind="user", id=user.public_id, name=user.name, at=at, after={"role": role})
    return user


def choose_language(user: User, language: str, *, actor: Actor, at: datetime) -> None:
    """Show someone the pages in `language`; "" for what their browser asks. Twice is once."""
    before = user.language
    if language != before:
        user.language = language
        record(
            actor, "user.language", kind="user", id=user.public_id, name=user.name, at=at,
            before={"language": before}, after={"language": language},
        )  # fmt: skip


def grant(user: User, role: str, event_id: int) -> None:
    """Let an account work on one event; nothing where it may already."""
    if not user.has_role(role, event_id):
        user.memberships.append(Membership(role=role, event_id=event_id))


def end_sessions(user: User) -> None:
    """Sign the account out everywhere."""
    user.session_version += 1
