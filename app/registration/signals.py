"""What this room announces to the rooms above; `create_app` connects them."""

from blinker import Signal

# sender: the Registration; at: the instant. In the transaction of the change.
place_confirmed = Signal("A registration is confirmed")
place_given_up = Signal("A confirmed registration is cancelled")
# sender: the SessionPlace; at: the instant. In the transaction of the change.
session_place_confirmed = Signal("Somebody has a place in a session")
session_place_given_up = Signal("Somebody no longer has a place in a session")
