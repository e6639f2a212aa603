"""What speaks for one company or address: the shared answer of ``party.py`` and ``address.py``."""

from __future__ import annotations

from dataclasses import dataclass

from .candidates import Reason


@dataclass(frozen=True)
class PartyEvidence:
    """What speaks for one company or address.

    :param score: 0..1
    :param reasons: codes with the value that agreed, and the candidate it belongs to
    :param identifies: strong and uncontradicted enough to rely on, if nobody else is as good
    :param strong: codes of the proofs that identify by themselves
    :param contact_id: the contact recognised by its own e-mail address
    :param rank: order among equals; lower is better
    """

    score: float
    reasons: tuple[Reason, ...] = ()
    identifies: bool = False
    strong: frozenset[str] = frozenset()
    contact_id: int | str | None = None
    rank: int = 0
