"""Waves: put together, submitted, approved by a second person, sent."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.events.models import Event
from app.events.queries import get_category, get_event_for
from app.i18n import _, ngettext
from app.invitations import campaign_queries, campaigns, mailing
from app.invitations.forms_mailing import CampaignForm, FillForm, RulesForm, SendBackForm
from app.invitations.models import Campaign
from app.invitations.queries import PAGE, get_invitation
from app.invitations.telling import told
from app.invitations.words import CAMPAIGN_WORDS, STATE_WORDS
from app.views import done

bp = Blueprint("campaigns", __name__, url_prefix="/organise/<slug>/waves")
# Letters queued in one transaction: others write in between.
BATCH = 200
Page = str | Response | tuple[str, int]


@bp.get("")
@access.staff("organiser")
def waves(slug: str) -> str:
    """The waves of the event, and how its letters leave."""
    event = get_event_for(current_user, slug, "organiser")
    return _waves(event, CampaignForm(), RulesForm(obj=campaign_queries.rules_of(event)))


@bp.post("")
@access.staff("organiser")
def add(slug: str) -> Page:
    """One more wave."""
    event, form = get_event_for(current_user, slug, "organiser"), CampaignForm()
    day = form.planned_on.data
    added = done(
        form, lambda: campaigns.open_campaign(event, form.name.data, planned_on=day, actor=current_actor(), at=now())
    )
    if added:
        return redirect(url_for(".wave", slug=slug, public_id=added.value.public_id), 303)
    return _waves(event, form, RulesForm(formdata=None, obj=campaign_queries.rules_of(event))), 422


@bp.post("/rules")
@access.staff("organiser")
def set_rules(slug: str) -> Page:
    """Say how the letters leave."""
    event, form = get_event_for(current_user, slug, "organiser"), RulesForm()
    rules = {"requires_approval": form.requires_approval.data, "shared_mailbox": form.shared_mailbox.data}
    if done(form, lambda: campaigns.set_rules(event, **rules, actor=current_actor(), at=now())):
        flash(_("The rules are saved."), "good")
        return redirect(url_for(".waves", slug=slug), 303)
    return _waves(event, CampaignForm(formdata=None), form), 422


@bp.get("/<public_id>")
@access.staff("organiser")
def wave(slug: str, public_id: str) -> str:
    """Who is in a wave, and what is to be done with it."""
    event = get_event_for(current_user, slug, "organiser")
    campaign = campaign_queries.get_campaign(event, public_id)
    return _wave(event, campaign, CampaignForm(obj=campaign), SendBackForm())


@bp.post("/<public_id>")
@access.staff("organiser")
def change(slug: str, public_id: str) -> Page:
    """Give a wave another name or day."""
    event, form = get_event_for(current_user, slug, "organiser"), CampaignForm()
    campaign = campaign_queries.get_campaign(event, public_id)
    facts = {"planned_on": form.planned_on.data, "actor": current_actor(), "at": now()}
    if done(form, lambda: campaigns.change_campaign(campaign, form.name.data, **facts)):
        flash(_("The wave is saved."), "good")
        return redirect(url_for(".wave", slug=slug, public_id=public_id), 303)
    return _wave(event, campaign, form, SendBackForm(formdata=None)), 422


@bp.post("/<public_id>/fill")
@access.staff("organiser")
def fill(slug: str, public_id: str) -> Response:
    """Put the drafts of a category into the wave."""
    event = get_event_for(current_user, slug, "organiser")
    campaign = campaign_queries.get_campaign(event, public_id)
    category = get_category(event, request.form.get("category", ""))
    number = campaigns.put_category_into(campaign, category, actor=current_actor(), at=now())
    db.session.commit()
    words = ngettext("%(num)s guest is now in this wave.", "%(num)s guests are now in this wave.", number)
    flash(words if number else _("Nobody of this category waits outside the waves."), "good" if number else "attention")
    return redirect(url_for(".wave", slug=slug, public_id=public_id), 303)


@bp.post("/<public_id>/take-out/<guest>")
@access.staff("organiser")
def take_out(slug: str, public_id: str, guest: str) -> Response:
    """Take one guest out of the wave."""
    event = get_event_for(current_user, slug, "organiser")
    invitation = get_invitation(event, guest)
    campaigns.put_into(None, [invitation], actor=current_actor(), at=now())
    db.session.commit()
    flash(_("%(name)s is no longer in this wave.", name=invitation.person.full_name), "good")
    return redirect(url_for(".wave", slug=slug, public_id=public_id), 303)


@bp.post("/<public_id>/submit")
@access.staff("organiser")
def submit(slug: str, public_id: str) -> Response:
    """Ask a second person to approve it; pressed again, the request is taken back."""
    campaign = campaign_queries.get_campaign(get_event_for(current_user, slug, "organiser"), public_id)
    is_undo = request.form.get("undo") == "1"
    (campaigns.take_back if is_undo else campaigns.submit)(campaign, actor=current_actor(), at=now())
    db.session.commit()
    said = _("The wave is open again.") if is_undo else _("A second person can now approve this wave.")
    flash(said, "good")
    return redirect(url_for(".wave", slug=slug, public_id=public_id), 303)


@bp.post("/<public_id>/approve")
@access.staff("organiser")
def approve(slug: str, public_id: str) -> Response:
    """Let it leave."""
    campaign = campaign_queries.get_campaign(get_event_for(current_user, slug, "organiser"), public_id)
    number = campaigns.approve(campaign, actor=current_actor(), at=now())
    db.session.commit()
    flash(ngettext("%(num)s invitation is approved.", "%(num)s invitations are approved.", number), "good")
    return redirect(url_for(".wave", slug=slug, public_id=public_id), 303)


@bp.post("/<public_id>/send-back")
@access.staff("organiser")
def send_back(slug: str, public_id: str) -> Page:
    """Return it to whoever put it together, saying why."""
    event, form = get_event_for(current_user, slug, "organiser"), SendBackForm()
    campaign = campaign_queries.get_campaign(event, public_id)
    reason = form.reason.data or ""
    if done(form, lambda: campaigns.send_back(campaign, reason, actor=current_actor(), at=now())):
        flash(_("The wave went back to whoever put it together."), "good")
        return redirect(url_for(".wave", slug=slug, public_id=public_id), 303)
    return _wave(event, campaign, CampaignForm(formdata=None, obj=campaign), form), 422


@bp.post("/<public_id>/send")
@access.staff("organiser")
def send(slug: str, public_id: str) -> Response:
    """Send the approved invitations of the wave; says how many really left."""
    queued = 0
    while True:
        event = get_event_for(current_user, slug, "organiser")
        campaign = campaign_queries.get_campaign(event, public_id)
        sent = mailing.send_drafts(event, campaign=campaign, actor=current_actor(), at=now(), limit=BATCH)
        db.session.commit()
        queued += sent.queued
        if sent.queued < BATCH:
            break
    flash(told(queued, len(sent.without_mailbox)), "good" if queued else "attention")
    return redirect(url_for(".wave", slug=slug, public_id=public_id), 303)


@bp.post("/<public_id>/announce")
@access.staff("organiser")
def announce(slug: str, public_id: str) -> Response:
    """Send the save-the-date to those who have not had it."""
    event = get_event_for(current_user, slug, "organiser")
    campaign = campaign_queries.get_campaign(event, public_id)
    number = mailing.announce(event, campaign, actor=current_actor(), at=now())
    db.session.commit()
    words = ngettext("%(num)s save-the-date is on its way.", "%(num)s save-the-dates are on their way.", number)
    flash(words if number else _("Everybody in this wave had the save-the-date already."), "good")
    return redirect(url_for(".wave", slug=slug, public_id=public_id), 303)


@bp.post("/<public_id>/posted")
@access.staff("organiser")
def posted(slug: str, public_id: str) -> Response:
    """Note that the letters on paper and by hand of the wave have left."""
    event = get_event_for(current_user, slug, "organiser")
    campaign = campaign_queries.get_campaign(event, public_id)
    letters = mailing.list_to_print(event, campaign)
    number = mailing.note_posted(event, letters, actor=current_actor(), at=now())
    db.session.commit()
    flash(ngettext("%(num)s letter is noted as sent.", "%(num)s letters are noted as sent.", number), "good")
    return redirect(url_for(".wave", slug=slug, public_id=public_id), 303)


@bp.post("/<public_id>/drop")
@access.staff("organiser")
def drop(slug: str, public_id: str) -> Response:
    """Remove a wave nothing left of."""
    campaign = campaign_queries.get_campaign(get_event_for(current_user, slug, "organiser"), public_id)
    campaigns.drop_campaign(campaign, actor=current_actor(), at=now())
    db.session.commit()
    flash(_("The wave is removed; its guests stay on the list."), "good")
    return redirect(url_for(".waves", slug=slug), 303)


def _waves(event: Event, form: CampaignForm, rules: RulesForm) -> str:
    standings, _categories = campaign_queries.standings(event)
    return render_template(
        "invitations/waves.html", event=event, form=form, rules=rules, words=CAMPAIGN_WORDS,
        campaigns=campaign_queries.list_campaigns(event), standings=standings,
    )  # fmt: skip


def _wave(event: Event, campaign: Campaign, form: CampaignForm, send_back_form: SendBackForm) -> str:
    page = max(request.args.get("page", 1, type=int), 1)
    found, total = campaign_queries.page_of_campaign(campaign, page, PAGE)
    standings, _categories = campaign_queries.standings(event)
    return render_template(
        "invitations/wave.html", event=event, campaign=campaign, form=form, send_back_form=send_back_form,
        fill_form=FillForm(formdata=None).offer(event, campaign_queries.count_addable(event)), invitations=found,
        standing=standings.get(campaign.id, campaign_queries.Standing({})),
        sendable=campaign_queries.count_sendable(event, has_mailbox=True, campaign=campaign),
        announceable=campaign_queries.count_announceable(event, campaign),
        to_print=campaign_queries.count_to_print(event, campaign),
        unreachable=campaign_queries.count_sendable(event, has_mailbox=False, campaign=campaign),
        is_own=campaign.submitted_by_id == current_user.public_id, total=total, page=page, words=STATE_WORDS,
        pages=max(1, -(-total // PAGE)), wave_words=CAMPAIGN_WORDS,
    )  # fmt: skip
