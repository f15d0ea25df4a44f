"""Stub until its room is written."""

from flask import Blueprint

bp = Blueprint("events", __name__)
