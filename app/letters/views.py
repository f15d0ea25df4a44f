"""Stub until its room is written."""

from flask import Blueprint

bp = Blueprint("letters", __name__)
