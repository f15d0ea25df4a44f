"""What the programme announces to the rooms above it; app/rooms.py connects them.

All in the transaction of the change, with the event locked; a receiver raises a Refusal when people
who count on the session make the change impossible.
"""

from blinker import Signal

# sender: the Session as it is now; event: Event; before: {column: what it was}; at: the instant.
session_changed = Signal("A session was changed")
# sender: the Session; event: Event; at: the instant.
session_cancelled = Signal("A session does not take place")
# sender: the Session, before it goes; event: Event; at: the instant.
session_removed = Signal("A session leaves the programme")
