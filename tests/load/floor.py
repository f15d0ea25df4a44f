"""The floor: a bare Flask route on the same server, database and durability.

POST /write commits one INSERT; GET /read/<size> does one SELECT and renders a Jinja page of `size`
bytes. Run as `python -m tests.load.floor PORT DATABASE_URL`; ends with its standard input.
"""

import logging
import os
import sys
import threading

from flask import Flask, render_template_string, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Integer, String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from waitress.server import create_server

from app.database import engine_options, set_writing, watch

PAGE = """<!doctype html><title>{{ row.name }}</title><h1>{{ row.name }}</h1>
{% for n in range(lines) %}<p class="line">{{ row.name }}, {{ n }}: {{ text }}</p>
{% endfor %}"""
TEXT = "Les places étant limitées, une réponse est attendue avant le vendredi 7 novembre 2025."


class Base(DeclarativeBase):
    """Parent of the one table."""


class Note(Base):
    """One row."""

    __tablename__ = "floor_note"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(100))


def make(url: str, threads: int = 8) -> Flask:
    """The bare program."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url, threads)
    db = SQLAlchemy(model_class=Base)
    db.init_app(app)
    with app.app_context():
        watch(db.engine)
        set_writing(True)
        db.create_all()
        db.session.add(Note(name="first"))
        db.session.commit()

    @app.post("/write")
    def write() -> str:
        set_writing(True)
        db.session.add(Note(name=request.form.get("name", "x")))
        db.session.commit()
        return "ok"

    @app.get("/read/<int:size>")
    def read(size: int) -> str:
        set_writing(False)
        row = db.session.scalars(select(Note).limit(1)).one()
        return render_template_string(PAGE, row=row, text=TEXT, lines=max(1, size // 130))

    return app


def main() -> None:
    """Serve until standard input closes: the parent's end is ours."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    port, url = int(sys.argv[1]), sys.argv[2]
    server = create_server(
        make(url),
        host="127.0.0.1",
        port=port,
        threads=8,
        connection_limit=2000,
        channel_timeout=30,
        asyncore_use_poll=True,
    )

    def watch_parent() -> None:
        sys.stdin.read()
        os._exit(0)

    threading.Thread(target=watch_parent, daemon=True).start()
    server.run()


if __name__ == "__main__":
    main()
