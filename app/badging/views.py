"""Badges on paper, and the entrance code that other pages show."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

import badges as drawn
from app import access
from app.accounts.actor import current_actor
from app.badging import printing, queries, runs, service, words
from app.badging.forms import PrintForm
from app.badging.layout import DESIGN, Layout
from app.badging.models import PrintRun
from app.badging.runs import Order
from app.badging.ticket import ticket_for
from app.clock import now
from app.database import begin_writing, db
from app.errors import NotFound, Refusal
from app.events.models import Event
from app.events.queries import get_event_for
from app.i18n import _, language
from app.text import file_name
from app.views import done

bp = Blueprint("badging", __name__)
bp.add_app_template_global(ticket_for)
for _words in (words.product_words, words.run_words, words.run_state, words.scope_words, words.design_words,
               words.pieces_words, words.pixels, words.millimetres):  # fmt: skip
    bp.add_app_template_global(_words)
A_QUARTER = 15 * 60
# Badges drawn while a page waits; beyond, a run of its own tells how far it is.
MOST_AT_ONCE = 300
ENDED = frozenset({"ready", "failed"})


@bp.get("/organise/<slug>/badges")
@access.staff("organiser")
def badges(slug: str) -> str:
    """How many badges there are to print, what they look like, what was printed before."""
    event = get_event_for(current_user, slug, "organiser")
    asked = request.args if "design" in request.args else None
    return _page(event, PrintForm(formdata=asked, **_as_last(event)).offer(event))


@bp.post("/organise/<slug>/badges/runs")
@access.staff("organiser")
def ask(slug: str) -> BaseResponse | tuple[str, int]:
    """Freeze the list and have it drawn in the background."""
    event = get_event_for(current_user, slug, "organiser")
    form = PrintForm().offer(event)
    order = Order(form.layout(), scope=form.only.data, reason=form.reason.data or "", category=form.category.data)
    if made := done(form, lambda: runs.ask(event, order, actor=current_actor(), at=now())):
        return redirect(url_for(".run", slug=slug, public_id=made.value.public_id), 303)
    return _page(get_event_for(current_user, slug, "organiser"), form), 422


@bp.post("/organise/<slug>/badges/badges.pdf")
@access.staff("organiser", reads_first=True)
def badges_pdf(slug: str) -> BaseResponse:
    """One PDF with every badge, while the page waits: for a small event, or a script."""
    event = get_event_for(current_user, slug, "organiser")
    form = PrintForm().offer(event)
    layout = form.layout() if form.validate() else Layout(language=language())
    order = Order(layout, scope=form.only.data, category=form.category.data)
    if sum(one.badges for one in queries.count_badges(event)) > MOST_AT_ONCE:
        return _in_background(event, order)
    back = url_for(".badges", slug=slug, design=layout.design)
    return _at_once(event, order, file_name(f"badges-{slug}-{layout.design}", "pdf"), back)


@bp.post("/organise/<slug>/delegations/<public_id>/badges.pdf")
@access.staff("organiser", reads_first=True)
def delegation_badges(slug: str, public_id: str) -> BaseResponse:
    """The badges of one delegation in one pack."""
    event = get_event_for(current_user, slug, "organiser")
    order = Order(Layout(language=language()), scope="delegation", delegation=public_id)
    back = url_for("delegations.delegation", slug=slug, public_id=public_id)
    return _at_once(event, order, file_name(f"badges-{slug}-{public_id}", "pdf"), back)


@bp.get("/organise/<slug>/badges/preview.png")
@access.staff("organiser")
def preview(slug: str) -> Response:
    """The badge with the longest name, as a picture."""
    event = get_event_for(current_user, slug, "organiser")
    design = request.args.get("design", "")
    layout = printing.alone(Layout(design=design if design in drawn.list_designs() else DESIGN, language=language()))
    response = Response(printing.sample_png(event, layout), mimetype="image/png")
    response.headers["Cache-Control"] = f"private, max-age={A_QUARTER}"
    return response


@bp.post("/organise/<slug>/badges/trial.pdf")
@access.staff("organiser", reads_first=True)
def trial(slug: str) -> Response | tuple[str, int]:
    """A sheet to try the printer with, laid as the form says."""
    event = get_event_for(current_user, slug, "organiser")
    form = PrintForm().offer(event)
    if not (made := done(form, lambda: printing.trial_pdf(event, form.layout()))):
        return _page(get_event_for(current_user, slug, "organiser"), form), 422
    return pdf_file(made.value, file_name(f"trial-{form.design.data}", "pdf"))


@bp.get("/organise/<slug>/badges/true-size")
@access.staff("organiser")
def true_size(slug: str) -> str:
    """Every design as large on the screen as on paper."""
    event = get_event_for(current_user, slug, "organiser")
    designs = drawn.list_designs()
    look = designs.get(request.args.get("design", ""), designs[DESIGN])
    has_sample = queries.find_sample_badge(event) is not None
    return render_template("badging/true_size.html", event=event, designs=designs, look=look, has_sample=has_sample)


@bp.get("/organise/<slug>/badges/runs/<public_id>")
@access.staff("organiser")
def run(slug: str, public_id: str) -> str:
    """One run: who, when, why, how, the frozen list, the file."""
    event = get_event_for(current_user, slug, "organiser")
    found = queries.get_run(event, public_id)
    printed, has_file = queries.list_printed(found), queries.has_file(found)
    return render_template("badging/run.html", event=event, run=found, printed=printed, has_file=has_file)


@bp.get("/organise/<slug>/badges/runs/<public_id>/progress")
@access.staff("organiser")
def progress(slug: str, public_id: str) -> Response:
    """How far a run is, for the page that shows it."""
    found = queries.get_run(get_event_for(current_user, slug, "organiser"), public_id)
    answer = make_response(render_template("badging/_progress.html", run=found))
    if found.state in ENDED:
        answer.headers["X-Poll-Reload"] = "1"
    return answer


@bp.get("/organise/<slug>/badges/runs/<public_id>.pdf")
@access.staff("organiser")
def run_pdf(slug: str, public_id: str) -> Response:
    """The file of a run, for the printer."""
    found = queries.get_run(get_event_for(current_user, slug, "organiser"), public_id)
    if found.pdf is None:
        raise NotFound
    return pdf_file(found.pdf, file_name(f"{found.product} {slug} {found.design}", "pdf"))


@bp.post("/organise/<slug>/badges/runs/<public_id>/erase")
@access.staff("organiser")
def erase(slug: str, public_id: str) -> BaseResponse:
    """Erase the file of a run."""
    event = get_event_for(current_user, slug, "organiser")
    runs.erase_file(event, queries.get_run(event, public_id), actor=current_actor(), at=now())
    db.session.commit()
    flash(_("The file is erased. What was printed stays noted."), "info")
    return redirect(url_for(".run", slug=slug, public_id=public_id), 303)


@bp.post("/organise/<slug>/badges/key")
@access.staff("organiser")
def change_key(slug: str) -> BaseResponse:
    """Sign the badges issued from now on with another key."""
    event = get_event_for(current_user, slug, "organiser")
    number = service.change_key(event, actor=current_actor(), at=now())
    db.session.commit()
    flash(_("Badges issued from now on are signed with key number %(number)s.", number=number), "good")
    return redirect(url_for(".badges", slug=slug), 303)


def _in_background(event: Event, order: Order) -> BaseResponse:
    """A run of its own: drawing so many would keep the page waiting."""
    begin_writing()
    made = runs.ask(event, order, actor=current_actor(), at=now())
    db.session.commit()
    return redirect(url_for(".run", slug=event.slug, public_id=made.public_id), 303)


def _at_once(event: Event, order: Order, name: str, back: str) -> BaseResponse:
    """The file drawn while the page waits, or the page with the refusal."""
    try:
        _run, pdf = runs.print_at_once(event, order, actor=current_actor(), at=now())
    except Refusal as refusal:
        flash(refusal.sentence, "refused")
        return redirect(back, 303)
    db.session.commit()
    return pdf_file(pdf, name)


def _page(event: Event, form: PrintForm) -> str:
    return render_template(
        "badging/badges.html", event=event, form=form, counts=queries.count_badges(event),
        runs=queries.list_print_runs(event), designs=drawn.list_designs(),
    )  # fmt: skip


def _as_last(event: Event) -> dict[str, object]:
    """The shifts and the design of the last run, so that a printer is set right once."""
    last: PrintRun | None = queries.find_last_run(event)
    kept = ("design", "paper", "shift_x", "shift_y", "back_x", "back_y", "sort")
    return {name: last.options[name] for name in kept if name in last.options} if last else {}


def pdf_file(content: bytes, name: str, *, inline: bool = False) -> Response:
    """A PDF to keep, or to open in the browser and print."""
    kind = "inline" if inline else "attachment"
    headers = {"Content-Disposition": f'{kind}; filename="{name}"'}
    return Response(content, mimetype="application/pdf", headers=headers)
