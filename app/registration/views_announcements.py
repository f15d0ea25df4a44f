"""What everyone concerned is told of a change of the event: how far the letters are, and whom to telephone."""

from dataclasses import dataclass

from babel import Locale
from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from app import access
from app.accounts.actor import current_actor
from app.accounts.service import grant
from app.clock import now
from app.database import db
from app.events.models import Event
from app.events.queries import get_event_for
from app.extensions import settings
from app.i18n import _, language
from app.registration import announcement_queries as queries
from app.registration import announcements as rules
from app.registration.announcement_letters import before_in_words
from app.registration.announcement_models import Announcement
from app.registration.forms_announcements import SubstituteForm
from app.registration.substitutes import begin_substitute
from app.views import done

bp = Blueprint("announcements", __name__, url_prefix="/organise/<slug>/announcements")
Page = str | BaseResponse | tuple[str, int]


@dataclass(frozen=True)
class Told:
    """An announcement with what its letters said was otherwise, and how many letters are in each state."""

    announcement: Announcement
    before: dict[str, str]
    letters: dict[str, int]

    @property
    def total(self) -> int:
        """How many letters are written."""
        return sum(self.letters.values())

    @property
    def posted(self) -> int:
        """How many have left, or never will."""
        return self.total - self.letters.get("queued", 0) - self.letters.get("sending", 0)

    @property
    def is_busy(self) -> bool:
        """Whether letters are still on their way."""
        return self.announcement.state in {"waiting", "leaving"} or self.posted < self.total


def country_words(code: str) -> str:
    """The name of a country in the reader's language."""
    return str(Locale(language()).territories.get(code, code))


def last_announcement(event: Event) -> Announcement | None:
    """For a page: what is about to be told, else what was told last."""
    return queries.find_waiting(event) or queries.find_last(event)


bp.add_app_template_global(country_words)
bp.add_app_template_global(last_announcement)


@bp.get("")
@access.staff("organiser")
def announcements(slug: str) -> str:
    """Every announcement, the newest first, with the state of its letters."""
    event = _event(slug)
    told = [_told(one) for one in queries.list_announcements(event)]
    waiting = len(queries.list_concerned(event)) if any(one.announcement.state == "waiting" for one in told) else 0
    return render_template(
        "announcements/announcements.html", event=event, told=told, concerned=waiting, calls=queries.list_calls(event)
    )


@bp.get("/<public_id>/progress")
@access.staff("organiser")
def progress(slug: str, public_id: str) -> Response:
    """How far its letters are; js/poll.js reads the page anew once they begin to leave, and once they have left."""
    told = _told(queries.get_announcement(_event(slug), public_id))
    answer = make_response(render_template("announcements/_progress.html", told=told))
    if not told.is_busy or request.args.get("seen", told.announcement.state) != told.announcement.state:
        answer.headers["X-Poll-Reload"] = "1"
    return answer


@bp.post("/<public_id>/stop")
@access.staff("organiser")
def stop(slug: str, public_id: str) -> BaseResponse:
    """Write to nobody: the change stands."""
    rules.stop_letters(_get(slug, public_id), actor=current_actor(), at=now())
    return _done(slug, _("Nobody is written to. The change itself stands."))


@bp.post("/<public_id>/leave")
@access.staff("organiser")
def leave(slug: str, public_id: str) -> BaseResponse:
    """Let the letters leave at once."""
    rules.leave_now(_get(slug, public_id), actor=current_actor(), at=now())
    return _done(slug, _("The letters leave now."))


@bp.route("/calls", methods=["GET", "POST"])
@access.staff("organiser")
def calls(slug: str) -> Page:
    """Whom to telephone; and a meeting of their own for those who are here already."""
    event, form = _event(slug), SubstituteForm()
    if form.is_submitted() and (made := done(form, lambda: _begin(event, form))):
        flash(_("The meeting is a draft; everyone to be called is on its list of guests."), "good")
        return redirect(url_for("events.settings", slug=made.value.slug), 303)
    page = render_template("announcements/calls.html", event=event, calls=queries.list_calls(event), form=form)
    return page, 422 if form.is_submitted() else 200


def _begin(event: Event, form: SubstituteForm) -> Event:
    """The meeting; whoever made it may work on it."""
    secret = settings().secret_key
    made = begin_substitute(event, form.meeting(), secret=secret, actor=current_actor(), at=now())
    grant(current_user, "organiser", made.id)
    return made


def _event(slug: str) -> Event:
    return get_event_for(current_user, slug, "organiser")


def _get(slug: str, public_id: str) -> Announcement:
    return queries.get_announcement(_event(slug), public_id)


def _told(announcement: Announcement) -> Told:
    before = before_in_words(announcement.before, announcement.event)
    return Told(announcement, before, queries.count_letters(announcement))


def _done(slug: str, sentence: str) -> BaseResponse:
    db.session.commit()
    flash(sentence, "good")
    return redirect(url_for(".announcements", slug=slug), 303)
