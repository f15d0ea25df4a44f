"""What this room announces to the rooms above; app/rooms.py connects them."""

from blinker import Signal

# sender: the Invitation with its new table; before: the one until then; actor, at. In the transaction of the change.
table_given = Signal("A list or an organiser gives an invitee another table or zone")
