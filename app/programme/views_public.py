"""Stub until its room is written."""

from flask import Blueprint

bp = Blueprint("public_programme", __name__)
