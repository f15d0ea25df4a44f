"""Which rooms listen to which: the wiring between rooms, visible in one place."""

import app.audit.models
import app.checkin.door_models
import app.checkin.models
import app.checkin.rehearsal_models
import app.documents.models
import app.exports.models
import app.invitations.delegation
import app.letters.models
import app.minutes.models
import app.programme.models
import app.registration.announcement_models
import app.registration.life
import app.registration.seat_models
import app.registration.security_models
import app.registration.session_models  # noqa: F401 - every table is known once this file is read
from app import access, jobqueue
from app.badging import products as badging_products
from app.badging import runs as badging_runs
from app.badging.cancellation import compose_cancellation
from app.badging.dates import dates_of_prints
from app.badging.issuing import issue
from app.badging.presence import register_presence
from app.badging.service import revoke
from app.badging.ticket import compose_confirmation, compose_waiting
from app.checkin.presence import days_present
from app.checkin.views_credentials import read_device
from app.directory.lists import register_lists
from app.directory.signals import merge_undone, person_merged
from app.documents.dates import dates_of_documents
from app.events.dates import dates_of_event
from app.events.signals import event_changed, event_postponed, undo_asked
from app.events.timeline import register_dates
from app.exports import merging as exports_merging
from app.invitations import following, list_work
from app.invitations import merging as invitations_merging
from app.invitations.batches import compose_invitations
from app.invitations.composing import compose_invitation
from app.invitations.dates import dates_of_invitations
from app.invitations.letters import compose_digest, compose_reminder, compose_reminder_digest, compose_save_the_date
from app.invitations.queries import lists_of
from app.invitations.recipients import addressees
from app.invitations.signals import table_given
from app.invitations.tracing import note_bounced
from app.letters import merging as letters_merging
from app.letters.addressees import register_addressees
from app.minutes import merging as minutes_merging
from app.minutes.dates import dates_of_minutes
from app.outbox.composing import register
from app.outbox.signals import message_bounced
from app.programme import merging as programme_merging
from app.programme.postponing import follow_postponement
from app.programme.signals import session_cancelled, session_changed, session_removed
from app.registration import announcements, consents, needed_letters, offers, retention
from app.registration import merging as registration_merging
from app.registration.announcement_letters import compose_cancelled, compose_moved
from app.registration.composing import (
    compose_code,
    compose_delegation,
    compose_places,
    compose_refused,
    compose_request,
)
from app.registration.composing_late import compose_decided
from app.registration.composing_places import compose_standing
from app.registration.dates import dates_of_announcements, dates_of_freezes, dates_of_offers
from app.registration.delegating import tell_contact
from app.registration.giving_up import tell_given_up
from app.registration.session_following import follow_cancellation, follow_change, leave_sessions, refuse_removal
from app.registration.session_letters import compose_changed, compose_left, compose_place, compose_several
from app.registration.signals import place_confirmed, place_given_up
from app.registration.speaker_letters import compose_part, tell_of_cancellation, tell_of_change
from app.registration.tables import follow_table


def connect() -> None:
    """Connect signals and say who writes which letters. Harmless when repeated."""
    access.read_devices_with(read_device)
    _connect_places()
    event_changed.connect(announcements.follow_change)
    undo_asked.connect(announcements.check_undo)
    event_postponed.connect(follow_postponement)
    place_given_up.connect(consents.forget_needs)
    jobqueue.register_work(consents.FORGET, consents.forget, consents.give_up)
    jobqueue.repeat_work(consents.FORGET, consents.EVERY)
    place_given_up.connect(leave_sessions)
    session_changed.connect(follow_change)
    session_cancelled.connect(follow_cancellation)
    session_changed.connect(tell_of_change)
    session_cancelled.connect(tell_of_cancellation)
    session_removed.connect(refuse_removal)
    for room in (invitations_merging, registration_merging, programme_merging, minutes_merging, exports_merging):
        person_merged.connect(room.follow)
        merge_undone.connect(room.go_back)
    jobqueue.register_work(list_work.READ, list_work.read, list_work.give_up)
    jobqueue.register_work(list_work.TAKE_IN, list_work.take_in, list_work.give_up)
    jobqueue.register_work(letters_merging.WORK, letters_merging.merge, letters_merging.give_up)
    jobqueue.register_work(badging_runs.WORK, badging_runs.draw, badging_runs.give_up)
    jobqueue.register_work(badging_products.WORK, badging_products.draw, badging_runs.give_up)
    register_presence(days_present)
    jobqueue.register_work(following.WORK, following.follow_up, following.give_up)
    jobqueue.repeat_work(following.WORK, following.EVERY)
    jobqueue.register_work(announcements.WORK, announcements.write_letters, announcements.give_up)
    jobqueue.repeat_work(announcements.WORK, announcements.EVERY)
    jobqueue.register_work(offers.WORK, offers.follow_offers, offers.rest)
    jobqueue.repeat_work(offers.WORK, offers.EVERY)
    jobqueue.register_work(retention.WORK, retention.erase_all, retention.rest)
    jobqueue.repeat_work(retention.WORK, retention.EVERY)
    register_addressees(addressees)
    register_lists(lists_of)
    message_bounced.connect(note_bounced)
    _connect_dates()
    _connect_letters()


def _connect_places() -> None:
    place_confirmed.connect(issue)
    place_confirmed.connect(tell_contact)
    place_given_up.connect(revoke)
    place_given_up.connect(tell_given_up)
    table_given.connect(follow_table)


def _connect_dates() -> None:
    """Who knows dates of an event, for its timeline."""
    for dates in (
        dates_of_event,
        dates_of_invitations,
        dates_of_documents,
        dates_of_offers,
        dates_of_freezes,
        dates_of_announcements,
        dates_of_prints,
        dates_of_minutes,
    ):
        register_dates(dates)


def _connect_letters() -> None:
    """Who writes which letters."""
    register("invitation", compose_invitation, compose_invitations, is_mailing=True)
    register("invitation_digest", compose_digest, is_mailing=True)
    register("save_the_date", compose_save_the_date, is_mailing=True)
    register("reminder", compose_reminder, is_mailing=True)
    register("reminder_digest", compose_reminder_digest, is_mailing=True)
    register("confirmation", compose_confirmation, is_needed=needed_letters.has_place_still)
    register("waiting", compose_waiting)
    register("cancellation", compose_cancellation, is_needed=needed_letters.has_no_place_again)
    register("event_moved", compose_moved, is_mailing=True)
    register("event_cancelled", compose_cancelled, is_mailing=True)
    register("session_place", compose_place, is_needed=needed_letters.has_session_still)
    register("session_changed", compose_changed, is_mailing=True, is_needed=needed_letters.has_session_still)
    register("session_left", compose_left, is_mailing=True, is_needed=needed_letters.has_no_session_again)
    register("session_places", compose_several)
    register("session_part", compose_part, is_mailing=True)
    for kind in ("offer", "offer_lapsed", "pending", "place_refused"):
        register(kind, compose_standing)
    register("code", compose_code)
    register("late_decided", compose_decided)
    register("representation_asked", compose_request)
    register("representation_refused", compose_refused)
    register("delegation", compose_delegation)
    register("delegation_places", compose_places)
