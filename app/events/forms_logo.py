"""The form of an event's logo."""

from typing import ClassVar

from flask_wtf.file import FileField, FileRequired

from app.forms import Form
from app.i18n import lazy


class LogoForm(Form):
    """One picture."""

    refusals: ClassVar = dict.fromkeys(("NotAPicture", "PictureTooLarge", "PictureTooSmall", "DamagedPicture"), "file")
    file = FileField(
        lazy("Picture"),
        [FileRequired(lazy("Please choose a file."))],
        description=lazy("PNG or JPEG, at most 2 MB. It is shown on white, at most 64 pixels high."),
    )
