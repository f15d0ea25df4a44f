"""What the outbox announces to the rooms above; connected in app/rooms.py."""

from blinker import Signal

# Sent with the Message, `at` and `reason`, in the transaction that records it.
message_bounced = Signal()
