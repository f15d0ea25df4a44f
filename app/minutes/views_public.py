"""Stub until its room is written."""

from flask import Blueprint

bp = Blueprint("public_minutes", __name__)
