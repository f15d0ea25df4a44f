"""Registrations as the organiser sees them: the list, one of them, the queue, answers keyed in."""

from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access, listing
from app.accounts.actor import current_actor
from app.audit.queries import list_entries_of
from app.clock import now
from app.database import db
from app.errors import Refusal
from app.events.models import Event
from app.events.queries import get_event_for
from app.i18n import _, ngettext
from app.invitations.deadlines import deadline_sentence_for
from app.invitations.delegation_queries import find_membership
from app.invitations.models import Invitation
from app.invitations.queries import get_invitation
from app.outbox.queries import list_messages_about
from app.registration import after_lock, cancelling, keying, offers, queries, representation_requests, service
from app.registration.arranging import REPRESENTED_SORTS, names_of
from app.registration.forms import KeyInForm, RegistrationFilter
from app.registration.life_queries import list_late_requests
from app.registration.models import Registration
from app.registration.precedence import source_of_representative
from app.registration.reasons import seat_state
from app.registration.seat_queries import count_taken
from app.registration.words import STATE_WORDS, action_words

bp = Blueprint("registrations", __name__, url_prefix="/organise/<slug>/registrations")
Page = str | Response | tuple[str, int]


def _event(slug: str) -> Event:
    return get_event_for(current_user, slug, "organiser")


@bp.get("")
@access.staff("organiser")
def registrations(slug: str) -> str:
    """Who comes and who waits, narrowed and in pages, with the seats left or in excess."""
    event = _event(slug)
    form = RegistrationFilter(request.args).offer(event)
    sort, is_descending = request.args.get("sort", ""), request.args.get("direction") == "desc"
    page, narrowing = max(request.args.get("page", 1, type=int), 1), form.narrowing()
    found, total = queries.page_of_registrations(event, page, narrowing, sort=sort, is_descending=is_descending)
    return render_template(
        "registration/registrations.html", event=event, form=form, found=found, total=total, page=page,
        pages=max(1, -(-total // queries.PAGE)), counts=queries.count_by_state(event), words=STATE_WORDS,
        places=queries.list_places_in_queue(event.id), represented=queries.list_represented(found),
        is_narrowed=any(narrowing.values()), sort=sort, is_descending=is_descending, **_seats(event),
    )  # fmt: skip


def _seats(event: Event) -> dict[str, object]:
    """What is taken, what that leaves, and how many of those who wait fit."""
    taken = count_taken(event.id)
    return {"taken": taken, "whole": seat_state(event, None, taken), "fitting": offers.count_fitting(event, taken)}


@bp.get("/represented")
@access.staff("organiser")
def represented(slug: str) -> str:
    """Who is represented by whom, narrowed, sorted, a page at a time."""
    event, wanted = _event(slug), listing.asked(tuple(REPRESENTED_SORTS))
    everyone = queries.list_representations(event)
    found = listing.cut(listing.arrange(everyone, wanted, REPRESENTED_SORTS, names_of), wanted.page)
    return render_template(
        "registration/represented.html", event=event, found=found, wanted=wanted, everyone=len(everyone),
        words=STATE_WORDS,
    )  # fmt: skip


@bp.get("/requests")
@access.staff("organiser")
def requests(slug: str) -> str:
    """Who asks to come instead of somebody invited."""
    event = _event(slug)
    return render_template(
        "registration/requests.html", event=event, found=queries.list_requests(event), late=list_late_requests(event),
        added=after_lock.list_held_back(event),
    )  # fmt: skip


@bp.post("/requests/people/<public_id>/<any(grant, refuse):decision>")
@access.staff("organiser")
def add_after_lock(slug: str, public_id: str, decision: str) -> Response:
    """Let somebody come who was added once security has the list, or not."""
    found = after_lock.get_held_back(_event(slug), public_id)
    act = after_lock.let_come if decision == "grant" else after_lock.send_away
    act(found, actor=current_actor(), at=now())
    db.session.commit()
    flash(_("%(name)s is told.", name=found.person.full_name), "good")
    return redirect(url_for(".requests", slug=slug), 303)


@bp.post("/requests/<public_id>/<any(grant, refuse):decision>")
@access.staff("organiser")
def decide(slug: str, public_id: str, decision: str) -> Response:
    """Let whoever asked come instead, or not."""
    asked = queries.get_request(_event(slug), public_id)
    if decision == "grant":
        representation_requests.grant(asked, by=cancelling.ROAD, actor=current_actor(), at=now())
        told = _("%(name)s comes instead.", name=asked.full_name)
    else:
        representation_requests.refuse(asked, actor=current_actor(), at=now())
        told = _("%(name)s is told.", name=asked.full_name)
    db.session.commit()
    flash(told, "good")
    return redirect(url_for(".requests", slug=slug), 303)


@bp.get("/<public_id>")
@access.staff("organiser")
def registration(slug: str, public_id: str) -> str:
    """One registration: who, in which state, its letters and its history."""
    event = _event(slug)
    found = queries.get_registration(event, public_id)
    waits = found.state == "waiting"
    return render_template(
        "registration/registration.html", event=event, registration=found, words=STATE_WORDS,
        place=queries.place_in_queue(found) if waits else None, action_words=action_words,
        **_bonds(found), entries=list_entries_of(public_id),
        messages=list_messages_about(public_id),
    )  # fmt: skip


def _bonds(found: Registration) -> dict[str, object]:
    """Whom this person comes for, or with."""
    represents = queries.list_represented([found]).get(found.id)
    return {
        "represents": represents,
        "rank_source": source_of_representative(found, represents) if represents else "",
        "accompanies": queries.list_accompanied([found]).get(found.id),
        "membership": find_membership(found.event_id, found.person_id),
    }


@bp.post("/<public_id>/cancel")
@access.staff("organiser")
def cancel(slug: str, public_id: str) -> Response:
    """Take a place back; it passes to the next person who waits."""
    found = queries.get_registration(_event(slug), public_id)
    cancelling.cancel(found, actor=current_actor(), at=now())
    db.session.commit()
    flash(_("The place of %(name)s is given up.", name=found.person.full_name), "good")
    return redirect(url_for(".registration", slug=slug, public_id=public_id), 303)


@bp.post("/<public_id>/send-again")
@access.staff("organiser")
def send_again(slug: str, public_id: str) -> Response:
    """Write the confirmation, or the rank, once more."""
    found = queries.get_registration(_event(slug), public_id)
    try:
        service.send_again(found, actor=current_actor(), at=now())
    except Refusal as refusal:
        db.session.rollback()
        flash(refusal.sentence, "refused")
    else:
        db.session.commit()
        flash(_("The letter leaves again for %(address)s.", address=found.email), "good")
    return redirect(url_for(".registration", slug=slug, public_id=public_id), 303)


@bp.post("/promote")
@access.staff("organiser")
def promote(slug: str) -> Response:
    """Seat those who wait as long as they fit."""
    promoted = offers.promote(_event(slug), now(), actor=current_actor(), is_by_hand=True)
    db.session.commit()
    if promoted:
        sentence = ngettext(
            "%(num)s person has a place now. A letter says so.",
            "%(num)s people have a place now. A letter says so to each.",
            len(promoted),
        )
        flash(sentence, "good")
    else:
        flash(_("Nobody who waits fits at present."), "info")
    return redirect(url_for(".registrations", slug=slug), 303)


@bp.route("/key-in/<public_id>", methods=["GET", "POST"])
@access.staff("organiser")
def key_in(slug: str, public_id: str) -> Page:
    """Write down an answer received by mail, telephone or on paper."""
    event = _event(slug)
    invitation, form = get_invitation(event, public_id), KeyInForm()
    context = {"event": event, "invitation": invitation, "form": form, "refusal": None}
    if request.method != "POST":
        form.expect(request.args.get("answer"), session.get("road"), now().astimezone(ZoneInfo(event.timezone)))
        return render_template("registration/key_in.html", **context)
    if not form.validate_on_submit():
        return render_template("registration/key_in.html", **context), 422
    try:
        _key_in(invitation, form)
    except Refusal as refusal:
        db.session.rollback()
        return render_template("registration/key_in.html", **{**context, "refusal": refusal}), 422
    return redirect(url_for("invitations.guest", slug=slug, public_id=public_id), 303)


def _key_in(invitation: Invitation, form: KeyInForm) -> None:
    keying.key_in(
        invitation,
        form.answer.data,
        form.receipt(invitation.event.timezone),
        actor=current_actor(),
        at=now(),
        deadline_sentence=deadline_sentence_for(invitation),
        who=form.representative(),
        reason=form.reason.data or "",
    )
    db.session.commit()
    session["road"] = form.road.data
    flash(_("The answer of %(name)s is recorded.", name=invitation.person.full_name), "good")
