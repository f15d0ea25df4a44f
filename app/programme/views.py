"""Stub until its room is written."""

from flask import Blueprint

bp = Blueprint("programme", __name__)
