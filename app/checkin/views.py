"""Stub until its room is written."""

from flask import Blueprint

bp = Blueprint("checkin", __name__)
