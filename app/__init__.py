"""Parvis: invitation → answer → registration → badge → door → programme → minutes → archive."""

from importlib import import_module
from pathlib import Path

from flask import Flask

from config import Config

TEMPLATES = Path(__file__).parent.parent / "templates"
# Every blueprint, low rooms first: "module:attribute", one or several a line.
BLUEPRINTS = (
    "app.languages:bp",
    "app.accounts.views:bp",
    "app.accounts.views_account:bp",
    "app.overview.views_public:bp",
    "app.overview.views_statement:bp",
    "app.directory.views:bp app.events.views:bp",
    "app.events.views_categories:bp app.events.views_logo:bp app.events.views_timeline:bp",
    "app.documents.views:bp app.documents.views_public:bp",
    "app.letters.views:bp app.letters.views_wording:bp app.letters.views_merging:bp",
    "app.programme.views_public:bp",
    "app.programme.views:bp app.registration.views_sessions:bp app.registration.views_sessions_guest:bp",
    "app.invitations.views:bp app.invitations.views_terms:bp app.invitations.views_addressing:bp",
    "app.invitations.views_campaigns:bp app.invitations.views_reminders:bp",
    "app.invitations.views_columns:bp app.registration.views_needs:bp",
    "app.registration.views_public:bp app.registration.views_mailbox:bp app.registration.views:bp",
    "app.registration.views_details:bp app.registration.views_asking:bp app.registration.views_told:bp",
    "app.registration.views_contact:bp app.registration.views_delegations:bp app.registration.views_precedence:bp",
    "app.registration.views_reminders:bp app.registration.views_ending:bp app.registration.views_announcements:bp",
    "app.badging.views:bp app.badging.views_one:bp app.badging.views_products:bp",
    "app.checkin.views_desk:bp app.checkin.views_desk_lead:bp app.checkin.views_party:bp app.checkin.views_wall:bp",
    "app.checkin.views_desk_app:bp app.checkin.views_questions:bp app.checkin.views_conflicts:bp",
    "app.checkin.views:bp app.checkin.views_devices:bp app.checkin.views_gates:bp",
    "app.checkin.api:bp app.checkin.api_list:bp app.checkin.views_simulator:bp",
    "app.checkin.api_conflicts:bp app.checkin.views_desk_conflicts:bp app.checkin.views_desk_enrol:bp",
    "app.minutes.views_public:bp app.registration.views_security:bp app.checkin.views_badge:bp",
    "app.minutes.views:bp app.checkin.views_queue:bp app.checkin.views_rehearsal:bp",
    "app.registration.views_offers:bp app.registration.views_seats:bp app.registration.views_triage:bp",
    "app.overview.views:bp app.checkin.views_desk_rehearsal:bp",
    "app.overview.views_styleguide:bp",
    "app.exports.views:bp app.exports.views_calendars:bp app.exports.views_subscriptions:bp",
)

PARTS = "extensions access i18n headers pages compression error_pages events.words events.rehearsal overview.menu"


def create_app(config: Config | None = None) -> Flask:
    """The whole program, bound to `config` (the environment's when None). Connects to nothing yet."""
    config = config or Config.from_environment()
    app = Flask("app", template_folder=str(TEMPLATES), instance_path=str(config.instance))
    app.config.from_mapping(config.for_flask())
    app.extensions["parvis"] = config
    for part in PARTS.split():
        import_module(f"app.{part}").install(app)
    for name in " ".join(BLUEPRINTS).split():
        module, attribute = name.split(":")
        app.register_blueprint(getattr(import_module(module), attribute))
    import_module("app.rooms").connect()
    return app
