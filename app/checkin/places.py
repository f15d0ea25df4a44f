"""Where a desk is, as plain values that outlive the transaction, for its pages."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.checkin.door_queries import list_gate_rows
from app.checkin.models import Device
from app.checkin.standing import Standing
from app.events.models import Event
from app.i18n import here as in_words


@dataclass(frozen=True)
class Place:
    """A desk for templates; `url` leads to its pages."""

    slug: str
    title: str
    device: str
    gate: str
    id_check: bool
    is_lead: bool = False
    # A device with a token of its own has no list of events to go back to.
    is_enrolled: bool = False
    counts_exits: bool = False
    # Whether it may stand at some gates only.
    is_bound: bool = False
    # Kinds of document taken here, in order.
    documents: tuple[str, ...] = ()

    def url(self, endpoint: str, **values: str) -> str:
        """Address of one of this desk's pages; "lead:name" for those of a lead."""
        known: dict[str, Any] = {"slug": self.slug, "device": self.device, **values}
        blueprint, _colon, name = endpoint.rpartition(":")
        return url_for(f"desk_{blueprint}.{name}" if blueprint else f"desk.{name}", **known)


def place_of(standing: Standing) -> Place:
    """The place of a desk at work."""
    event, device = standing.event, standing.device
    gate, chosen = device.gate_row, device.settings
    return Place(
        slug=event.slug,
        title=in_words(event.title),
        device=device.public_id,
        gate=device.gate,
        id_check=event.id_check,
        is_lead=standing.is_lead,
        is_enrolled=standing.is_enrolled,
        counts_exits=gate.counts_exits if gate else False,
        is_bound=bool(device.gates),
        documents=chosen.documents if chosen else (),
    )


def list_own_gates(event: Event, device: Device) -> list[tuple[str, str, bool]]:
    """Gates this desk may stand at: public id, name, whether it stands there."""
    return [
        (gate.public_id, gate.name, gate.id == device.gate_id)
        for gate in list_gate_rows(event)
        if not device.gates or gate.public_id in device.gates
    ]
