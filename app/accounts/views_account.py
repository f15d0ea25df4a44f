"""One's own account."""

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.accounts.forms_account import AccountForm
from app.accounts.service import choose_language
from app.clock import now
from app.i18n import _
from app.views import done

bp = Blueprint("own_account", __name__)


@bp.get("/account")
@access.signed_in()
def account() -> str:
    """Who is signed in, and their language."""
    return _page(AccountForm(data={"language": current_user.language}))


@bp.post("/account")
@access.signed_in()
def change() -> Response | tuple[str, int]:
    """Keep the choice; the pages follow at once."""
    form = AccountForm()
    actor, at = current_actor(), now()
    if done(form, lambda: choose_language(current_user, form.language.data, actor=actor, at=at)) is None:
        return _page(form), 422
    session.pop("language", None)
    if form.language.data:
        session["language"] = form.language.data
    flash(_("Your choice is kept."), "good")
    return redirect(url_for(".account"), 303)


def _page(form: AccountForm) -> str:
    return render_template("accounts/account.html", form=form, account=current_user)
