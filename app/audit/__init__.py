"""Append-only journal of every change: who, what, on which object, before and after."""
