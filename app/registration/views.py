"""Stub until its room is written."""

from flask import Blueprint

bp = Blueprint("registrations", __name__)
