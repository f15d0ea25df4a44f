"""Stub until its room is written."""

from flask import Blueprint

bp = Blueprint("invitations", __name__)
