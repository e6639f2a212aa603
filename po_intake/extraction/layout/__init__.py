"""Words with boxes -> lines -> tables and key/value blocks -> order documents.

:func:`.engine.read_pages` is the entry: whoever has words and boxes (a typed PDF, text
recognition, a word processor's file, a spreadsheet) makes :class:`.page.Page` objects and hands
them in. The steps are one module each and know nothing of PDF.
"""
