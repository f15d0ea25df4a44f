"""Reading accounts."""

from datetime import datetime

from sqlalchemy import bindparam, func, select

from app.accounts.models import SignInFailure, User
from app.database import db

# Built once: each request of an account begins with it.
_OF_SESSION = select(User).where(User.public_id == bindparam("public_id"))


def find_user_by_email(email: str) -> User | None:
    """The account signed in to with this address, whatever its case."""
    wanted = select(User).where(User.email == email.strip().lower())
    return db.session.scalars(wanted).unique().one_or_none()


def find_user_for_session(session_id: str) -> User | None:
    """The account of a session cookie, or None when it was ended or the account closed."""
    public_id, _, version = session_id.partition(".")
    user = db.session.scalars(_OF_SESSION, {"public_id": public_id}).unique().one_or_none()
    if user is None or not user.is_active or str(user.session_version) != version:
        return None
    return user


def count_failures(key: str, since: datetime) -> int:
    """Refused sign-ins for a key since an instant."""
    wanted = select(func.count()).where(SignInFailure.key == key, SignInFailure.at >= since)
    return db.session.scalar(wanted) or 0


def count_users() -> int:
    """How many accounts there are."""
    return db.session.scalar(select(func.count()).select_from(User)) or 0
