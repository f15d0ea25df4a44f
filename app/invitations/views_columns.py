"""What the columns of a list hold, said by the person who knows its sender."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access, jobqueue
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.events.queries import get_event_for
from app.guest_list import Seen
from app.i18n import _
from app.invitations import list_work, lists
from app.invitations.examining import examine
from app.invitations.forms_lists import LayoutForm, field_choices
from app.invitations.list_models import GuestListImport
from app.invitations.list_queries import get_import
from app.invitations.list_words import problem_sentence
from app.invitations.views_import import bp


def _shown(slug: str, public_id: str) -> GuestListImport:
    kept = get_import(get_event_for(current_user, slug, "organiser"), public_id)
    if kept.state not in {"previewed", "refused"} or not kept.seen:
        raise lists.AlreadyDecided
    return kept


@bp.get("/<public_id>/columns")
@access.staff("organiser")
def columns(slug: str, public_id: str) -> str:
    """Show the list's first lines and ask what each column holds."""
    kept = _shown(slug, public_id)
    seen = Seen.from_json(kept.seen)
    return render_template(
        "invitations/columns.html", event=kept.event, kept=kept, seen=seen, form=LayoutForm().show(seen),
        choices=field_choices, problem=problem_sentence(kept),
    )  # fmt: skip


@bp.post("/<public_id>/columns")
@access.staff("organiser")
def columns_post(slug: str, public_id: str) -> Response:
    """Read the list as said. Another sheet or line comes back here, with its own columns."""
    kept = _shown(slug, public_id)
    form = LayoutForm().show(Seen.from_json(kept.seen))
    chosen = form.chosen(Seen.from_json(kept.seen), request.form)
    lists.choose_layout(kept, chosen)
    _read_again(kept)
    if kept.state == "previewed" and chosen.fields is not None:
        flash(_("The list was read as you said; the next list of this kind will be read the same way."), "good")
        return redirect(url_for(".preview", slug=slug, public_id=public_id), 303)
    if kept.state == "reading":
        return redirect(url_for(".preview", slug=slug, public_id=public_id), 303)
    return redirect(url_for(".columns", slug=slug, public_id=public_id), 303)


def _read_again(kept: GuestListImport) -> None:
    sent = lists.sent_of(kept)
    if sent.is_small:
        lists.settle(kept, examine(sent), actor=current_actor(), at=now())
    else:
        lists.start_reading(kept)
        jobqueue.start_work(db.session(), list_work.READ, kept.public_id, turn=list_work.turn(now()))
    db.session.commit()
