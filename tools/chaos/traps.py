"""Traps in the database, so that a fault hits at a chosen place instead of somewhere.

Each trap stands at a table: whoever writes a row there waits, or meets an error of PostgreSQL's,
as long as the trap is set.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass

from tools import postgres

#: How long somebody waits in a trap at most, and how long we wait for somebody to come.
HELD_SECONDS = 8
PATIENCE_SECONDS = 20


@dataclass(frozen=True)
class Place:
    """A moment in the life of a row.

    :param when: ``BEFORE`` or ``AFTER`` a row is written, or in the ``COMMIT``, which PostgreSQL
        carries out although whoever asked for it is dead
    """

    table: str
    when: str = "AFTER"
    what: str = "INSERT"

    def trigger(self, name: str) -> str:
        """SQL of the trap."""
        kind, when, late = "", self.when, ""
        if self.when == "COMMIT":
            kind, when, late = "CONSTRAINT", "AFTER", "DEFERRABLE INITIALLY DEFERRED"
        return (
            f'CREATE {kind} TRIGGER "chaos {name}" {when} {self.what} ON {self.table} {late}'
            f" FOR EACH ROW EXECUTE FUNCTION chaos_trap('{name}');"
        )


PLACES = {
    "before capture": Place("po_intake_mail", "BEFORE"),
    "after capture, before its commit": Place("po_intake_mail"),
    "mail committed, nobody told": Place("po_intake_mail", "COMMIT"),
    "while a mail is opened": Place("po_intake"),
    "while a file is stored": Place("ir_attachment"),
    "while lines are written": Place("po_intake_line"),
    "while an order is made": Place("sale_order"),
    "while a card ends": Place("po_intake", what="UPDATE OF state"),
    "order committed, nobody told": Place("sale_order", "COMMIT"),
}
#: Where errors can be met: an error in the COMMIT is one before it.
WRITES = [name for name, place in PLACES.items() if place.when == "AFTER"]

MAKE = """
CREATE TABLE chaos_trap (place text, act text, chance float);
CREATE FUNCTION chaos_trap() RETURNS trigger AS $$
DECLARE
    act text;
BEGIN
    FOR act IN SELECT trap.act FROM chaos_trap trap
                WHERE place = TG_ARGV[0] AND random() < chance LOOP
        IF act = 'wait' THEN
            BEGIN
                PERFORM pg_sleep({seconds});
            EXCEPTION WHEN query_canceled THEN
                NULL;  -- set free
            END;
        ELSE
            RAISE EXCEPTION 'chaos at %', TG_ARGV[0] USING ERRCODE = act;
        END IF;
    END LOOP;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
"""
HELD = """
SELECT pid, substr(application_name, 6) FROM pg_stat_activity
 WHERE datname = current_database() AND wait_event = 'PgSleep'
"""
FREE = """
SELECT pg_cancel_backend(pid) FROM pg_stat_activity
 WHERE datname = current_database() AND wait_event = 'PgSleep'
"""


def build(name: str) -> None:
    """Put the traps into a database; none of them is set."""
    postgres.query(MAKE.format(seconds=HELD_SECONDS), name)
    postgres.query("".join(place.trigger(key) for key, place in PLACES.items()), name)


@contextlib.contextmanager
def is_set(name: str, place: str, act: str, chance: float) -> Iterator[None]:
    """Have a trap set; ``act`` is ``wait`` or the code of PostgreSQL's that is met there."""
    postgres.query(f"INSERT INTO chaos_trap VALUES ('{place}', '{act}', {chance})", name)
    try:
        yield
    finally:
        postgres.query("DELETE FROM chaos_trap", name)
        postgres.query(FREE, name)


@contextlib.contextmanager
def caught(name: str, place: str) -> Iterator[tuple[int, int]]:
    """Process ids of a backend of PostgreSQL's that waits in a trap, and of its client; or 0."""
    with is_set(name, place, "wait", 1):
        found, deadline = [], time.monotonic() + PATIENCE_SECONDS
        while not (found := postgres.query(HELD, name)) and time.monotonic() < deadline:
            time.sleep(0.05)
        backend, _bar, client = (found[0] if found else "0|0").partition("|")
        yield int(backend), int(client)
