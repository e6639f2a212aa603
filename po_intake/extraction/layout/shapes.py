"""What values look like, whatever label stands at them."""

from __future__ import annotations

import re

EMAIL = re.compile(r"[\w.+\-']+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"\+?\(?\d[\d\s()/.\-\u2013]{4,}\d")
INCOTERM = re.compile(r"\b(EXW|FCA|FAS|FOB|CFR|CIF|CPT|CIP|DAP|DPU|DDP|DAT|DDU)\b", re.IGNORECASE)
SEPARATORS = {"·", "|", "•", "–", "-", "/", ";", "∙", "—"}
COMPANY = re.compile(
    r"(?:(?<!\w)(?:gmbh|mbh|ag|kg|kgaa|ohg|gbr|e\.?\s?k|e\.?\s?u|ug|se|ltd|limited|plc|llp|llc|inc|corp|"
    r"dac|b\.?v|n\.?v|bvba|srl|sprl|cvba|s\.?a|s\.?a\.?s|sasu|sarl|s[aà]rl|eurl|s\.?l|s\.?l\.?u|"
    r"s\.?a\.?u|s\.?r\.?l|s\.?p\.?a|s\.?n\.?c|s\.?a\.?s|lda|unipessoal|sp\.?\s?z\s?o\.?\s?o|"
    r"s\.?r\.?o|a\.?s|aps|ab|oy|kft|vof|co|company|group|holding|eg|stiftung|verein|"
    r"sp\.?\s?j|sp\.?\s?k|spółka|gesellschaft)\b\.?\)?)\s*$",
    re.IGNORECASE,
)
