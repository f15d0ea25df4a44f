"""What this room announces to the rooms above; `app/rooms.py` connects them."""

from blinker import Signal

# sender: the Event as it is now; before: `announcing.Facts` as they were; actor; at; reason: what the organiser adds.
# In the transaction of the change, and only when a calendar would tell something else.
event_changed = Signal("What calendars tell of an event has changed")
# sender: the Event; at. A receiver raises a Refusal when the cancellation can no longer be taken back.
undo_asked = Signal("A cancellation is about to be taken back")
# sender: the Event, on its new days; shift: how many days later (timedelta, may be negative); actor; at. In the
# transaction of the change, before `event_changed`: what stands on days of the event moves along.
event_postponed = Signal("An event takes place on other days")
