"""How a conflict of the door and its decisions are told."""

from app.i18n import LazyText, lazy

KINDS: dict[str, tuple[LazyText, LazyText]] = {
    "twice_in": (
        lazy("Let in twice"),
        lazy("Two desks let the same badge in. It counts once, at the earlier passage."),
    ),
    "copy_suspected": (lazy("Copy suspected"), lazy("The agent took the second badge for a copy, and did not let in.")),
    "cancelled_before": (
        lazy("Let in after giving up the place"),
        lazy("The desk had no network and did not know: the guest is counted as present."),
    ),
    "refused_here": (
        lazy("Let in against the rule"),
        lazy("The desk had no network; with it, the answer would have been no. The guest is counted as present."),
    ),
    "clock_off": (
        lazy("Clock far off"),
        lazy("The clock of this device is more than fifteen minutes off. The hours were corrected; set the clock."),
    ),
    "undo_crossed": (
        lazy("Taken back, and let in elsewhere"),
        lazy("A desk without a network took an admission back, while another desk had let the guest in."),
    ),
    "stale_list": (
        lazy("An old list"),
        lazy("This device decided alone with a list of more than twelve hours. What it did stands; find it a network."),
    ),
}
DECISION_WORDS: dict[str, LazyText] = {
    "stands": lazy("The guest may stay: the admission stands"),
    "taken_back": lazy("The guest has left: take the admission back"),
    "one_person": lazy("One person: nothing more to do"),
    "two_people": lazy("Two people with one badge"),
    "seen": lazy("Seen"),
}
