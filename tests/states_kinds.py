"""What a state of a page is: who asks, for what, what they send."""

from dataclasses import dataclass, field

Body = dict[str, str | list[str]]


@dataclass(frozen=True)
class State:
    """A page as someone sees it: who asks, for what, what they send, what they are told."""

    role: str
    path: str
    body: Body | None = None
    # None: whatever a page without content answers.
    status: int | None = 200

    def __str__(self) -> str:
        sent = "" if self.body is None else f" ← {self.body}"
        return f"{self.role} {self.path}{sent}"[:200]


@dataclass
class World:
    """Everything there is to see beside the furnished event."""

    states: list[State] = field(default_factory=list)
    # Identity of an account of each role. One name for all: a page that differs only by it is the same page.
    accounts: dict[str, str] = field(default_factory=dict)
    # Personal links, for the browser of the invitees.
    links: list[str] = field(default_factory=list)
    # What the browser of an enrolled device bears instead of an account.
    device_token: str = ""
    # Events of which every page is looked at: bare and in draft, over and archived.
    slugs: list[str] = field(default_factory=list)

    def see(self, role: str, path: str, body: Body | None = None, status: int = 200) -> None:
        """One more state."""
        self.states.append(State(role, path, body, status))
