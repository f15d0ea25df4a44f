"""Signing in and out."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from app import access
from app.accounts import queries, service
from app.accounts.forms import SignInForm
from app.accounts.models import User
from app.clock import now
from app.database import begin_writing, db
from app.errors import Refusal
from app.extensions import login
from app.languages import local_address

bp = Blueprint("accounts", __name__)


@login.user_loader
def load_user(session_id: str) -> User | None:
    """The account of a session cookie (Flask-Login)."""
    return queries.find_user_for_session(session_id)


@bp.get("/sign-in")
@access.public()
def sign_in() -> str | Response:
    """Ask who is there."""
    if current_user.is_authenticated:
        return redirect(_home(current_user))
    return render_template("accounts/sign_in.html", form=SignInForm(data={"next": request.args.get("next")}))


@bp.post("/sign-in")
@access.public(reads_first=True)
def sign_in_post() -> str | Response | tuple[str, int]:
    """Check the words; the slow password check happens before any write."""
    form = SignInForm()
    if not form.validate():
        return render_template("accounts/sign_in.html", form=form), 422
    network = request.remote_addr or ""
    try:
        user = service.check_sign_in(form.email.data, form.password.data, network, now())
    except Refusal as refusal:
        begin_writing()
        service.record_failure(form.email.data, network, now())
        db.session.commit()
        return render_template("accounts/sign_in.html", form=form, refusal=refusal), refusal.status
    return _welcome(user, form.next.data)


def _welcome(user: User, back: str | None) -> Response:
    # What was just chosen in this browser, else what the account asks for.
    chosen = session.get("language") or user.language
    session.clear()
    session.permanent = True
    if chosen:
        session["language"] = chosen
    login_user(user)
    return redirect(local_address(back) or _home(user))


def _home(user: User) -> str:
    """Where somebody's work is: the events, or the desk."""
    return url_for("overview.events" if user.has_role("organiser") else "desk.events")


@bp.post("/sign-out")
@access.public()
def sign_out() -> Response:
    """Forget who is there."""
    logout_user()
    session.clear()
    return redirect(url_for("public.home"))
