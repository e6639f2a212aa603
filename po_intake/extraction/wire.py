"""What the readers' child process may tell its parent: JSON, checked value by value.

The child parses hostile bytes and may have been taken over by them. So its answer is plain data:
sizes are limited, every value must have the type its field declares, and numbers must be finite.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from .document import SEVERITIES, Finding, OrderDocument
from .reader import Reading
from .source import Mail, Source
from .unpack import Unpacked
from .view import View

TEXT = 100_000  # characters of one value


def dump_reading(reading: Reading) -> dict[str, Any]:
    """A reading as JSON values."""
    return {
        "documents": [document.to_json() for document in reading.documents],
        "seconds": reading.seconds,
        "pages": reading.pages,
        "error": reading.error,
        "parameters": _flat(reading.parameters),
    }


def load_reading(data: Mapping[str, Any], reader: str) -> Reading:
    """The reading that :func:`dump_reading` wrote.

    :raises ValueError: it was written by something else
    """
    try:
        documents = tuple(OrderDocument.from_json(item) for item in data["documents"])
        for document in documents:
            check(document)
        error = data["error"]
        if not (error is None or isinstance(error, str)):
            raise ValueError("error")
        return Reading(
            reader,
            documents,
            float(data["seconds"]),
            int(data["pages"]),
            error[:50] if error else None,
            _flat(data["parameters"]),
        )
    except (KeyError, TypeError, AttributeError, ArithmeticError) as problem:
        raise ValueError(f"no reading: {type(problem).__name__}") from problem


def dump_unpacked(unpacked: Unpacked) -> dict[str, Any]:
    """Unpacked files as JSON values, contents in base 64."""
    return {
        "sources": [
            {
                "name": source.name,
                "content": base64.b64encode(source.content).decode("ascii"),
                "mimetype": source.mimetype,
                "container": source.container,
                "role": source.role,
                "mail": asdict(source.mail) if source.mail else None,
            }
            for source in unpacked.sources
        ],
        "findings": [
            {"code": item.code, "severity": item.severity, "parameters": _flat(item.parameters)}
            for item in unpacked.findings
        ],
        "mail": asdict(unpacked.mail) if unpacked.mail else None,
    }


def load_unpacked(data: Mapping[str, Any]) -> Unpacked:
    """What :func:`dump_unpacked` wrote.

    :raises ValueError: it was written by something else
    """
    try:
        sources = tuple(_source(item) for item in data["sources"])
        findings = tuple(
            Finding(item["code"], item["severity"], _flat(item["parameters"]))
            for item in data["findings"]
        )
        mail = _mail(data["mail"])
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError(f"no files: {type(problem).__name__}") from problem
    for value in (*sources, *findings):
        check(value)
    return Unpacked(sources, findings, mail)


def dump_view(verb: str, value: Any) -> dict[str, Any]:
    """What one of :mod:`.view`'s functions gave, as JSON values."""
    if verb == "view":
        return {"pages": value.pages, "rows": value.rows}
    if verb == "picture":
        return {"picture": base64.b64encode(value).decode("ascii")}
    return {"words": value}


def load_view(verb: str, data: Mapping[str, Any]) -> Any:
    """What :func:`dump_view` wrote.

    :raises ValueError: it was written by something else
    """
    try:
        if verb == "view":
            rows = tuple(
                tuple((str(place)[:TEXT], str(text)[:TEXT]) for place, text in row)
                for row in data["rows"]
            )
            return View(tuple((float(x), float(y)) for x, y in data["pages"]), rows)
        if verb == "picture":
            return base64.b64decode(data["picture"], validate=True)
        return [
            (str(text)[:500], (float(x0), float(y0), float(x1), float(y1)))
            for text, (x0, y0, x1, y1) in data["words"]
        ]
    except (KeyError, TypeError) as problem:
        raise ValueError(f"no view: {type(problem).__name__}") from problem


def dumps(data: Any) -> bytes:
    """JSON bytes."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def loads(content: bytes) -> dict[str, Any]:
    """A JSON object.

    :raises ValueError: anything else, also numbers that are not finite and deep nesting
    """
    try:
        data = json.loads(content, parse_float=_finite, parse_constant=_refuse)
    except RecursionError as problem:
        raise ValueError("nested too deeply") from problem
    if not isinstance(data, dict):
        raise ValueError("no object")
    return data


def check(value: Any) -> None:
    """Has each field of a dataclass, and of those in it, the type that it declares?

    :raises ValueError: with the name of the first field that has not
    """
    for item in fields(value):
        content = getattr(value, item.name)
        for part in content if isinstance(content, tuple) else (content,):
            if is_dataclass(part):
                check(part)
            elif not _fits(part, str(item.type)):
                raise ValueError(f"{type(value).__name__}.{item.name}")
    if isinstance(value, OrderDocument):
        for path, evidence in value.evidence.items():
            if not isinstance(path, str):
                raise ValueError("evidence")
            check(evidence)
    if isinstance(value, Finding) and value.severity not in SEVERITIES:
        raise ValueError("severity")


_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "bytes": (bytes,),
    "bool": (bool,),
    "int": (int,),
    "float": (int, float),
    "Decimal": (Decimal,),
    "date": (date,),
    "None": (type(None),),
}


def _fits(value: Any, declared: str) -> bool:
    if isinstance(value, str):
        return "str" in declared.split(" | ") and len(value) <= TEXT
    if isinstance(value, Decimal) and not value.is_finite():
        return False
    if isinstance(value, float) and not math.isfinite(value):
        return False
    if declared.startswith("Mapping"):
        return isinstance(value, Mapping)
    if declared.startswith("tuple[float"):  # a box: its numbers come one by one
        return value is None or isinstance(value, (int, float))
    return any(isinstance(value, _TYPES.get(name, ())) for name in declared.split(" | "))


def _source(data: Mapping[str, Any]) -> Source:
    known = {key: data[key] for key in ("name", "mimetype", "container", "role")}
    content = base64.b64decode(data["content"], validate=True)
    return Source(content=content, mail=_mail(data["mail"]), **known)


def _mail(data: Mapping[str, Any] | None) -> Mail | None:
    if data is None:
        return None
    mail = Mail(**data)
    check(mail)
    return mail


def _flat(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters with plain short values only."""
    return {
        str(key)[:50]: value if isinstance(value, (int, float, bool)) else str(value)[:500]
        for key, value in list(parameters.items())[:20]
        if value is not None
    }


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("number")
    return number


def _refuse(text: str) -> None:
    raise ValueError(text)
