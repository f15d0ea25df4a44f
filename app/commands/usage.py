"""What click says of its own accord ("Usage", "Options", "No such command"), in the terminal's language.

click asks gettext's domain "messages", the name of our catalogue. The sentences stand here so that
`make catalogue` finds them.
"""

import gettext

from app.i18n import CATALOGUES, lazy

SAID_BY_CLICK = (
    lazy("Usage:"),
    lazy("Options"),
    lazy("Commands"),
    lazy("Show the version and exit."),
    lazy("Show this message and exit."),
    lazy("Error: {message}"),
    lazy("Missing command."),
    lazy("Missing argument"),
    lazy("Missing option"),
    lazy("Missing parameter"),
    lazy("Missing parameter: {param_name}"),
    lazy("Choose from:\n\t{choices}"),
    lazy("Invalid value: {message}"),
    lazy("Invalid value for {param_hint}: {message}"),
    lazy("default: {default}"),
)


def speak_of_usage() -> None:
    """Let click find our catalogue; gettext chooses by LC_ALL, LC_MESSAGES and LANG, as we do."""
    gettext.bindtextdomain("messages", str(CATALOGUES))
