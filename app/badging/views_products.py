"""Everything printed that is not a badge: tent cards, signs, lists, labels, packs, certificates."""

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from app import access
from app.accounts.actor import current_actor
from app.badging import products as rules
from app.badging import queries
from app.badging.forms_products import ProductForm
from app.clock import now
from app.errors import NotFound
from app.events.models import Event
from app.events.queries import get_event_for
from app.views import done

bp = Blueprint("printed", __name__, url_prefix="/organise/<slug>/printed")


@bp.get("")
@access.staff("organiser")
def products(slug: str) -> str:
    """Everything that can be printed, each with what it needs to know."""
    event = get_event_for(current_user, slug, "organiser")
    return _page(event, {})


@bp.post("/<product>")
@access.staff("organiser")
def ask(slug: str, product: str) -> BaseResponse | tuple[str, int]:
    """Have one of them drawn in the background."""
    event = get_event_for(current_user, slug, "organiser")
    if product not in rules.PRODUCTS:
        raise NotFound
    form = ProductForm(prefix=product).offer(event, product)
    if made := done(form, lambda: rules.ask(event, product, form.asked(), actor=current_actor(), at=now())):
        return redirect(url_for("badging.run", slug=slug, public_id=made.value.public_id), 303)
    return _page(get_event_for(current_user, slug, "organiser"), {product: form}), 422


def _page(event: Event, sent: dict[str, ProductForm]) -> str:
    forms = {
        product: sent.get(product) or ProductForm(formdata=None, prefix=product).offer(event, product)
        for product in rules.PRODUCTS
    }
    runs = [run for run in queries.list_print_runs(event) if run.product != "badges"]
    return render_template("badging/products.html", event=event, forms=forms, runs=runs)
