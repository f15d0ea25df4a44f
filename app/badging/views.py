"""Badges on paper, and the entrance code that other pages show."""

from flask import Blueprint

from app.badging.ticket import ticket_for

bp = Blueprint("badging", __name__)
bp.add_app_template_global(ticket_for)
