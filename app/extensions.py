"""Flask extensions, unbound: `install` binds them."""

from pathlib import Path
from typing import cast

from flask import Flask, current_app, g
from flask_login import LoginManager
from flask_mail import Mail
from flask_migrate import Migrate
from flask_wtf import CSRFProtect

from app.database import db, watch
from config import Config

MIGRATIONS = Path(__file__).parent.parent / "migrations"


class CrossSiteCheck(CSRFProtect):
    """Flask-WTF's check, not asked of a program that bears a token no other site can send."""

    def protect(self, **options: bool) -> None:
        """Raise CSRFError for a form of another site; `bears_token` is set by whoever checked the token."""
        if not g.get("bears_token", False):
            super().protect(**options)


mail = Mail()
csrf = CrossSiteCheck()
login = LoginManager()
migrate = Migrate()


def install(app: Flask) -> None:
    """Bind every extension to `app`."""
    db.init_app(app)
    with app.app_context():
        watch(db.engine)
    migrate.init_app(app, db, directory=str(MIGRATIONS), compare_type=True, render_as_batch=True)
    mail.init_app(app)
    csrf.init_app(app)
    login.init_app(app)
    login.login_view = "accounts.sign_in"


def settings() -> Config:
    """The configuration of the running program."""
    return cast("Config", current_app.extensions["parvis"])
