"""`./dev mail`: send message files through the mail server of the running demo."""

from pathlib import Path

from tools import serve, smtp_hop
from tools.console import Problem, say


def main(arguments: list[str]) -> int:
    """Mail every file that is named; fail where one is refused."""
    files = [Path(argument) for argument in arguments]
    if not files:
        raise Problem("Which files? ./dev mail FILE.eml ...")
    if missing := [str(file) for file in files if not file.is_file()]:
        raise Problem(f"There is no {', '.join(missing)}.")
    complaints = smtp_hop.send(files, serve.running()["smtp"])
    for complaint in complaints:
        say(complaint)
    say(f"{len(files) - len(complaints)} of {len(files)} mails sent.")
    return 1 if complaints else 0
