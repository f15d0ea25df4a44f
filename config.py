"""Every setting in one place: name, default, meaning, unit.

Each is read from the environment as PARVIS_NAME, or from the file that PARVIS_NAME_FILE names
(secrets of a container). `parvis doctor` says what is wrong and how to mend it.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent
VERSION = "0.1.0"


class UnsafeConfiguration(Exception):
    """A setting is missing or unsafe; the text says which and what to do."""


def setting(default: Any, meaning: str, unit: str = "") -> Any:
    """A field of Config with its meaning and unit, shown by `parvis doctor --settings`."""
    return field(default=default, metadata={"meaning": meaning, "unit": unit})


@dataclass(frozen=True)
class Config:
    """The settings of one running Parvis."""

    instance: Path = setting(ROOT / "instance", "folder of the database, keys, mails and logs")
    database_url: str = setting("", "database; empty: SQLite in the instance folder")
    secret_key: str = setting(
        "",
        "key of cookies and personal links, 32 characters or more; empty: made once in the"
        " instance folder. Changing it ends every session and every link already sent",
    )
    base_url: str = setting("", "address people reach; empty: http://127.0.0.1 and the port")
    host: str = setting("127.0.0.1", "address the server listens on")
    port: int = setting(8000, "port the server listens on")
    threads: int = setting(8, "requests answered at the same time", "threads")
    connections: int = setting(2000, "connections held open, slow phones included")
    trusted_proxy: str = setting("", "address of the reverse proxy whose X-Forwarded headers count")
    session_hours: int = setting(12, "how long a sign-in lasts", "hours")
    upload_megabytes: int = setting(20, "largest list that may be uploaded", "MB")
    mail_server: str = setting("", "SMTP server; empty: letters go to files in the instance folder")
    mail_port: int = setting(587, "port of the SMTP server")
    mail_security: str = setting("starttls", "starttls, tls or none")
    mail_username: str = setting("", "account at the SMTP server")
    mail_password: str = setting("", "its password")
    mail_from: str = setting("parvis@example.org", "address letters come from")
    mail_bounces: str = setting("", "address that notifications of failure go to; empty: mail_from")
    mail_per_minute: int = setting(300, "letters posted at most", "per minute")
    mail_connections: int = setting(4, "letters handed to the SMTP server at the same time", "connections")
    mail_timeout: int = setting(20, "patience with the SMTP server", "seconds")
    bounce_mailbox: str = setting(
        "", "where `parvis read-bounces` looks: a Maildir, an mbox file or imaps://user@host/INBOX"
    )
    bounce_password: str = setting("", "password of an IMAP bounce_mailbox")
    worker_name: str = setting("main", "stable name of this worker; never the same for two")
    demonstration: bool = setting(True, "load the demonstration when the database is empty")
    responsible: str = setting("", "organisation that answers for this service, named by the accessibility statement")
    accessibility_contact: str = setting("", "mailbox for accessibility; empty: the address letters come from")
    accessibility_rate: int = setting(0, "RGAA criteria an audit found respected; 0: no audit", "percent")
    accessibility_auditor: str = setting("", "who made that audit, and when")
    accessibility_plan: str = setting("", "address of the plan for the coming years (schéma pluriannuel)")
    log_level: str = setting("INFO", "DEBUG, INFO, WARNING or ERROR")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Config":
        """Settings from PARVIS_* variables. Raises UnsafeConfiguration with a sentence to act on."""
        environ = os.environ if environ is None else environ
        values = {}
        for item in fields(cls):
            raw = _read(environ, f"PARVIS_{item.name.upper()}")
            if raw is not None:
                values[item.name] = _convert(item.name, raw, type(item.default))
        config = cls(**values)
        return config.completed()

    def completed(self) -> "Config":
        """The same with what depends on other settings filled in, checked."""
        try:
            self.instance.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UnsafeConfiguration(
                f"The folder {self.instance} cannot be made ({error.strerror}). Set PARVIS_INSTANCE to one that can."
            ) from error
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        values["database_url"] = self.database_url or f"sqlite:///{self.instance / 'parvis.sqlite3'}"
        values["base_url"] = (self.base_url or f"http://127.0.0.1:{self.port}").rstrip("/")
        values["secret_key"] = self.secret_key or _lasting_key(self.instance / "secret.key")
        config = Config(**values)
        problems = config.problems()
        if problems:
            raise UnsafeConfiguration(problems[0])
        return config

    def problems(self) -> list[str]:
        """Sentences on what is missing or unsafe; empty when the program may start."""
        found = []
        if len(self.secret_key) < 32:
            found.append("PARVIS_SECRET_KEY is too short: give it at least 32 random characters.")
        if not self.base_url.startswith(("http://", "https://")):
            found.append("PARVIS_BASE_URL must begin with http:// or https://.")
        if not self.database_url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            found.append("PARVIS_DATABASE_URL must be a sqlite:/// or postgresql:// address.")
        if self.mail_security not in {"starttls", "tls", "none"}:
            found.append("PARVIS_MAIL_SECURITY must be starttls, tls or none.")
        if self.mail_per_minute < 1 or not 1 <= self.mail_connections <= 32:
            found.append("PARVIS_MAIL_PER_MINUTE must be at least 1, PARVIS_MAIL_CONNECTIONS between 1 and 32.")
        if not 0 <= self.accessibility_rate <= 100:
            found.append("PARVIS_ACCESSIBILITY_RATE is a percentage: between 0 and 100.")
        if not 1 <= self.threads <= 64:
            found.append("PARVIS_THREADS must be between 1 and 64.")
        return found

    @property
    def is_https(self) -> bool:
        """Whether people reach the program by https: cookies are then marked Secure."""
        return self.base_url.startswith("https://")

    @property
    def sends_by_smtp(self) -> bool:
        """Whether letters leave by SMTP rather than to files."""
        return bool(self.mail_server)

    def for_flask(self) -> dict[str, Any]:
        """The names Flask and its extensions know these settings by."""
        from datetime import timedelta

        from app.database import engine_options

        prefix = "__Host-" if self.is_https else ""
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": engine_options(self.database_url, self.threads),
            "SESSION_COOKIE_NAME": f"{prefix}parvis",
            "SESSION_COOKIE_SECURE": self.is_https,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "PERMANENT_SESSION_LIFETIME": timedelta(hours=self.session_hours),
            "SESSION_REFRESH_EACH_REQUEST": False,
            "MAX_CONTENT_LENGTH": self.upload_megabytes * 1024 * 1024,
            "WTF_CSRF_TIME_LIMIT": self.session_hours * 3600,
            "PREFERRED_URL_SCHEME": "https" if self.is_https else "http",
            "MAIL_SERVER": self.mail_server or "127.0.0.1",
            "MAIL_PORT": self.mail_port,
            "MAIL_USE_TLS": self.mail_security == "starttls",
            "MAIL_USE_SSL": self.mail_security == "tls",
            "MAIL_USERNAME": self.mail_username or None,
            "MAIL_PASSWORD": self.mail_password or None,
            "MAIL_DEFAULT_SENDER": self.mail_from,
        }


def _read(environ: Mapping[str, str], name: str) -> str | None:
    path = environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise UnsafeConfiguration(f"{name}_FILE cannot be read: {error}") from error
    return environ.get(name)


def _convert(name: str, raw: str, kind: type) -> Any:
    try:
        if kind is bool:
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[raw.strip().lower()]
        return int(raw) if kind is int else Path(raw) if issubclass(kind, Path) else raw
    except (KeyError, ValueError) as error:
        raise UnsafeConfiguration(f"PARVIS_{name.upper()}: “{raw}” is not usable.") from error


def _lasting_key(path: Path) -> str:
    """The key made at the first start, readable by its owner alone."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()
