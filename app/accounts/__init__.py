"""Accounts of organisers, reception staff and administrators, and their roles."""
