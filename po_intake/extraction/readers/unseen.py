"""Text of web pages, Word files and workbooks that no eye sees: it is left out.

Preheaders of newsletters and web shops are hidden in every way that some program respects, and so
are words that are meant for machines only. Style sheets are understood as far as they name tags,
classes and ids; where a ground may be dark that we do not know of, white text counts as seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..document import INFO, Finding, OrderDocument

Css = Mapping[str, str]

_AT_RULES = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|/\*.*?\*/", re.S)
_RULES = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"[a-z0-9]*(?:[.#][\w-]+)?", re.I)
_NOTHING = re.compile(r"(0|1px)(?![.\d])")
_FAR = re.compile(r"-\d{3,}")
_WHITE = re.compile(r"#f[a-f]f[a-f]f[a-f]|#fff|white|rgba?\(25[45],25[45],25[45](?:,1)?\)")
_CLEAR = ("", "none", "transparent", "inherit", "initial")
_GROUNDS = ("background", "background-color", "background-image")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SMALLEST = 4  # half points
SENTENCE = 25  # letters: heads and values in white stand on a ground of their own
RULES = 2000
FEW = 8  # letters that are worth a remark
SHOWN = 100  # letters that it repeats


def inline(root: Any) -> None:
    """Write what the page's own style sheets say into the elements that they are about."""
    rules: dict[str, str] = {}
    for sheet in root.iter("style"):
        text = _AT_RULES.sub("", sheet.text or "")
        for selectors, css in _RULES.findall(text)[:RULES]:
            for selector in map(str.strip, selectors.lower().split(",")):
                if selector and _SELECTOR.fullmatch(selector):
                    rules[selector] = f"{rules.get(selector, '')};{css}"
    if not rules:
        return
    for element in root.iter():
        found = [rules[name] for name in _names(element) if name in rules]
        if found:
            element.set("style", ";".join([*found, element.get("style") or ""]))


def is_unseen(element: Any) -> bool:
    """Does nobody see this element of a page, nor what is in it?"""
    if element.get("hidden") is not None:
        return True
    css = _css(element)
    return bool(css) and (_is_hidden(css) or _is_white_on_white(element, css))


def is_unseen_run(run: Any) -> bool:
    """The same of a run of text in a Word file."""
    form = run.find(f"{_W}rPr")
    if form is None:
        return False
    hidden = form.find(f"{_W}vanish")
    if hidden is not None and hidden.get(f"{_W}val") not in ("0", "false", "off"):
        return True
    size, color = form.find(f"{_W}sz"), form.find(f"{_W}color")
    if size is not None and (size.get(f"{_W}val") or "").isdecimal():
        if int(size.get(f"{_W}val")) <= SMALLEST:
            return True
    white = color is not None and (color.get(f"{_W}val") or "").upper() == "FFFFFF"
    return white and not _has_ground(run)


def text_of_runs(root: Any) -> str:
    """All text of a part of a Word file that nobody sees."""
    runs = filter(is_unseen_run, root.iter(f"{_W}r"))
    return " ".join(text.text or "" for run in runs for text in run.iter(f"{_W}t"))


def is_unseen_cell(cell: Any) -> bool:
    """The same of a cell of a workbook, as openpyxl gives it."""
    if (cell.number_format or "").replace('"', "") == ";;;":
        return True
    if not isinstance(cell.value, str) or len(cell.value) < SENTENCE:
        return False
    font, fill = cell.font, cell.fill
    if font.sz is not None and 2 * font.sz <= SMALLEST:
        return True
    color = font.color
    white = color is not None and (color.type, color.value) in (("rgb", "FFFFFFFF"), ("theme", 0))
    return white and fill.fill_type is None


def text_of(root: Any) -> str:
    """All text of a page that nobody sees, but for what is no text at all."""
    if root.tag in ("head", "style", "script", "template", "svg"):
        return ""
    if is_unseen(root):
        return " ".join(root.itertext("*"))
    return " ".join(filter(None, map(text_of, root.iterchildren("*"))))


def told(documents: Iterable[OrderDocument], text: str) -> tuple[OrderDocument, ...]:
    """The documents with a remark on what was left out, if that says anything."""
    words = " ".join("".join(filter(_is_told, text)).split())
    if sum(map(str.isalnum, words)) < FEW:
        return tuple(documents)
    remark = Finding("text_left_out", INFO, {"text": words[:SHOWN]})
    return tuple(document.with_findings(remark) for document in documents)


def _is_told(char: str) -> bool:
    """Mails fill their preheaders up with signs that take no room."""
    return char.isprintable() or char.isspace()


def _names(element: Any) -> Iterator[str]:
    if isinstance(element.tag, str):
        tag = element.tag.lower()
        ends = [f".{name}" for name in (element.get("class") or "").lower().split()]
        ends += [f"#{name}" for name in (element.get("id") or "").lower().split()]
        yield tag
        for end in ends:
            yield end
            yield tag + end


def _css(element: Any) -> dict[str, str]:
    """The declarations of an element, the last of each kind."""
    css = {}
    for item in (element.get("style") or "").lower().split(";"):
        name, _colon, value = item.partition(":")
        css[name.strip()] = value.replace("!important", "").replace(" ", "")
    if isinstance(element.tag, str) and element.tag == "font" and element.get("color"):
        css.setdefault("color", element.get("color").lower())
    css.pop("", None)
    return css


def _is_hidden(css: Css) -> bool:
    opacity = css.get("opacity", "")
    return (
        css.get("display") == "none"
        or css.get("visibility") == "hidden"
        or css.get("mso-hide") == "all"
        or bool(re.fullmatch(r"0+(\.0*)?", opacity))
        or any(_NOTHING.match(css.get(name, "")) for name in ("font-size", "max-height"))
        or (
            css.get("position") in ("absolute", "fixed")
            and any(_FAR.match(css.get(name, "")) for name in ("left", "top"))
        )
        or bool(_FAR.match(css.get("text-indent", "")))
    )


def _is_white_on_white(element: Any, css: Css) -> bool:
    if not _WHITE.fullmatch(css.get("color", "")):
        return False
    for other in (element, *element.iterancestors()):
        grounds = [_css(other).get(name, "") for name in _GROUNDS]
        grounds += [(other.get(name) or "").lower() for name in ("bgcolor", "background")]
        if any(ground not in _CLEAR and not _WHITE.fullmatch(ground) for ground in grounds):
            return False
    linked = element.getroottree().getroot().iter("link")
    if any((item.get("rel") or "").lower() == "stylesheet" for item in linked):
        return False
    inner = (_css(item).get("color") for item in element.iterdescendants())
    return all(color is None or _WHITE.fullmatch(color) for color in inner)


def _has_ground(run: Any) -> bool:
    """May something stand behind the run that is not white?"""
    form = run.find(f"{_W}rPr")
    if form.find(f"{_W}shd") is not None or form.find(f"{_W}highlight") is not None:
        return True
    for above in run.iterancestors(f"{_W}p", f"{_W}tc", f"{_W}tbl", f"{_W}txbxContent"):
        name = above.tag.rpartition("}")[2]
        if name in ("txbxContent", "tbl"):
            return True  # a shape, or a table with a style of its own
        if above.find(f"{_W}{name}Pr/{_W}shd") is not None:
            return True
    return False
