"""The one page of a delegation, shared by its contact and by the organiser: members, places, what may be done."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import flash, render_template

from app.audit.service import Actor
from app.i18n import _
from app.invitations import delegations
from app.invitations.delegation import DELEGATES, Delegation, DelegationMember
from app.registration import delegating
from app.registration.form_keys import sent_key, tell_sent_before
from app.registration.forms_delegation import MemberForm, PlacesForm
from app.registration.sending_once import is_first
from app.registration.words import DELEGATION_WORDS, MEMBER_ROLES, MEMBER_WORDS
from app.views import done

Check = Callable[[], None]


def show(template: str, delegation: Delegation, **more: Any) -> str:
    """The page with its two forms; `more` replaces a form that was refused."""
    standings = delegating.list_standings(delegation)
    named = [one.member.role in DELEGATES for one in standings]
    context: dict[str, Any] = {
        "event": delegation.event,
        "delegation": delegation,
        "standings": standings,
        "free": (delegation.quota - sum(named), delegation.support_quota - named.count(False)),
        "pending": sum(one.registration is None for one in standings),
        "form": MemberForm(formdata=None),
        "places": PlacesForm(formdata=None),
        "roles": MEMBER_ROLES,
        "words": MEMBER_WORDS,
        "states": DELEGATION_WORDS,
    }
    return render_template(template, **{**context, **more})


def add(delegation: Delegation, form: MemberForm, check: Check, actor: Actor, at: datetime) -> bool:
    """Name somebody; false when the form holds a refusal."""

    def act() -> DelegationMember | None:
        if not is_first(delegation, sent_key()):
            return None
        check()
        return delegations.add_member(delegation, form.facts(), actor=actor, at=at)

    is_done = done(form, act)
    if is_done and is_done.value is None:
        tell_sent_before()
    elif is_done and is_done.value:
        flash(_("%(name)s is on the list. Ask for the places when everyone is.", name=is_done.value.full_name), "good")
    return is_done is not None


def replace(member: DelegationMember, form: MemberForm, check: Check, actor: Actor, at: datetime) -> bool:
    """Somebody comes instead of a member; false when the form holds a refusal."""
    before = member.full_name

    def act() -> bool:
        if not is_first(member.delegation, sent_key()):
            return False
        check()
        delegating.replace_member(member, form.facts(), actor=actor, at=at)
        return True

    is_done = done(form, act)
    if is_done and not is_done.value:
        tell_sent_before()
    elif is_done:
        told = _("%(name)s comes instead of %(before)s.", name=member.full_name, before=before)
        flash(told, "good")
    return is_done is not None


def ask(delegation: Delegation, form: PlacesForm, check: Check, actor: Actor, at: datetime) -> bool:
    """Ask for the places of everyone named; false when the form holds a refusal."""

    def act() -> list[delegating.MemberStanding]:
        check()
        together, key = form.is_all_or_nothing, sent_key()
        return delegating.ask_for_places(delegation, is_all_or_nothing=together, actor=actor, at=at, form_key=key)

    is_done = done(form, act)
    if is_done:
        _say({one.state for one in is_done.value})
    return is_done is not None


def _say(states: set[str]) -> None:
    """What came of asking, for the members as they stand now."""
    if "pending" in states:
        told = _("Security has the list of those who come: the organiser decides who is added. A letter says so.")
        flash(told, "info")
    elif "waiting" in states:
        flash(_("Some wait in the queue: a letter says so."), "attention")
    else:
        flash(_("Everyone has a place."), "good")
