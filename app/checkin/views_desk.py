"""Stub until its room is written."""

from flask import Blueprint

bp = Blueprint("desk", __name__)
