"""What the directory announces to the rooms above it; app/rooms.py connects them."""

from blinker import Signal

# sender: the Merge; kept, absorbed: Person. Before anything moves. A receiver moves its room's rows from `absorbed` to
# `kept` and returns {name: what it needs to move them back}, or None; it raises a Refusal when both cannot stand.
person_merged = Signal("Two entries are one person")
# sender: the Merge; kept, absorbed: Person; moved: everything the receivers returned then.
merge_undone = Signal("They are two again")
