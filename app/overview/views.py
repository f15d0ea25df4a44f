"""Stub until its room is written."""

from flask import Blueprint

bp = Blueprint("overview", __name__)
