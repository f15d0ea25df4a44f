"""Badges: issue, revoke, print; owner of the code in the QR."""
