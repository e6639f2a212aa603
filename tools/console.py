"""Progress for people, and commands whose noise is kept for when they fail."""

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path


class Problem(Exception):
    """Something that the user can mend; the message says how."""


def say(text: str) -> None:
    """Print one line of progress; standard output is left to what a command answers."""
    print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Announce slow work and tell the seconds that it took."""
    say(f"  {title} ...")
    started = time.monotonic()
    yield
    say(f"  {title}: done in {time.monotonic() - started:.0f} s")


def call(command: Sequence[object], **options) -> int:
    """Run a command in the foreground and return its exit code, also after Ctrl-C."""
    with subprocess.Popen([str(word) for word in command], **options) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            # The terminal told the command as well; it may take its time to clean up.
            for patience, sign in ((3, signal.SIGINT), (20, signal.SIGKILL)):
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=patience)
                    break
                process.send_signal(sign)
            raise


def run(
    command: Sequence[object],
    *,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
    stdin: str | None = None,
) -> str:
    """Run a command quietly and return its standard output.

    Raises Problem with the end of the command's own words when it fails.
    """
    words = [str(word) for word in command]
    done = subprocess.run(
        words, env=env, cwd=cwd, input=stdin, text=True, errors="replace", capture_output=True
    )
    if done.returncode:
        words_shown = " ".join(words)[:300]
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-25:])
        raise Problem(f"{words_shown}\nended with code {done.returncode}:\n{tail}")
    return done.stdout
