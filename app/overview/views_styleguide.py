"""The living style page: every macro once, as it really is."""

from flask import Blueprint, render_template

from app import access
from app.columns import Bilingual
from app.i18n import language
from app.overview.forms import SampleForm

bp = Blueprint("styleguide", __name__)
# Texts with one language and with both, for the marks.
ONLY = {"en": Bilingual("Un texte en français seulement", ""), "fr": Bilingual("", "A text in English only")}
# Nobody: a name that is long, accented, and has another script.
SOMEONE = {"name": "Maëlle ÇELİK-ŠTĚPÁNKOVÁ", "native": "Маель Челік-Штєпанкова"}
BOTH = Bilingual("Un texte dans les deux langues", "A text in both languages")


@bp.get("/styleguide")
@access.staff("organiser")
def styleguide() -> str:
    """Every component, one example each."""
    return _page(SampleForm(data={"text_fr": BOTH.fr}))


@bp.post("/styleguide")
@access.staff("organiser")
def send() -> tuple[str, int]:
    """The form as it comes back when something is wrong; nothing is kept."""
    form = SampleForm()
    form.validate()
    return _page(form), 422


def _page(form: SampleForm) -> str:
    return render_template(
        "styleguide/styleguide.html", form=form, other_only=ONLY[language()], both=BOTH, someone=SOMEONE
    )
