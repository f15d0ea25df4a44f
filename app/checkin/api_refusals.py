"""How a program is told that something cannot be done."""

from flask import Blueprint, Response, jsonify

from app.database import db
from app.errors import Refusal


def tell_refusals(bp: Blueprint) -> None:
    """A refusal for programs: `{"error": "DocumentMissing", "message": "…"}`, with its status."""
    bp.register_error_handler(Refusal, _told)


def _told(refusal: Refusal) -> tuple[Response, int]:
    db.session.rollback()
    return jsonify(error=refusal.code, message=refusal.sentence), refusal.status
