"""Traps in the database, so that a fault hits at a chosen place instead of somewhere.

Each trap stands at a table: whoever writes a row there waits, or meets an error of PostgreSQL's,
as long as the trap is set.
"""

import contextlib
import time
from collections.abc import Iterator

from tools import postgres

#: What has just been written there is not committed: a mail that is stored or opened, a card that
#: is made or ends, what was read, an order, a file.
PLACES = ("po_intake_mail", "po_intake", "po_intake_line", "sale_order", "ir_attachment")
#: How long somebody waits in a trap, and how long we wait for somebody to come.
HELD_SECONDS = 3
PATIENCE_SECONDS = 10

MAKE = """
CREATE TABLE chaos_trap (place text, act text, chance float);
CREATE FUNCTION chaos_trap() RETURNS trigger AS $$
DECLARE
    act text;
BEGIN
    FOR act IN SELECT trap.act FROM chaos_trap trap
                WHERE place = TG_TABLE_NAME AND random() < chance LOOP
        IF act = 'wait' THEN
            PERFORM pg_sleep({seconds});
        ELSE
            RAISE EXCEPTION 'chaos at %', TG_TABLE_NAME USING ERRCODE = act;
        END IF;
    END LOOP;
    RETURN NULL;
END $$ LANGUAGE plpgsql;
"""
AT = """
CREATE TRIGGER chaos_trap AFTER INSERT OR UPDATE ON {place}
   FOR EACH ROW EXECUTE FUNCTION chaos_trap();
"""
CAUGHT = """
SELECT pid, substr(application_name, 6) FROM pg_stat_activity
 WHERE datname = current_database() AND wait_event = 'PgSleep'
"""


def build(name: str) -> None:
    """Put the traps into a database; none of them is set."""
    postgres.query(MAKE.format(seconds=HELD_SECONDS), name)
    postgres.query("".join(AT.format(place=place) for place in PLACES), name)


@contextlib.contextmanager
def is_set(name: str, place: str, act: str, chance: float) -> Iterator[None]:
    """Have a trap set; ``act`` is ``wait`` or the code of PostgreSQL's that is met there."""
    postgres.query(f"INSERT INTO chaos_trap VALUES ('{place}', '{act}', {chance})", name)
    try:
        yield
    finally:
        postgres.query("DELETE FROM chaos_trap", name)


def catch(name: str, place: str) -> tuple[int, int]:
    """Process ids of a backend of PostgreSQL's that waits in a trap, and of its client; or 0."""
    with is_set(name, place, "wait", 1):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            for row in postgres.query(CAUGHT, name):
                backend, _bar, client = row.partition("|")
                return int(backend), int(client)
            time.sleep(0.05)
    return 0, 0
