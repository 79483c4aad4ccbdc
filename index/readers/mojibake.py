"""Text that was decoded wrongly once → as it was meant, where that is certain.

`cafÃ©` is `café` in UTF-8, read as if it were Windows-1252. ftfy knows the ways in which that
happens, and which sequences of characters no language has. It is asked about one line at a time,
for one good letter in a text, which the wrong encoding lacks, would keep it from repairing another.
"""

from __future__ import annotations

#: Shorter stretches are not told apart, so that millions of lines do not take minutes.
MAX_STRETCHES = 100_000


def repair(text: str) -> str:
    """`text` with the lines repaired that were UTF-8 and decoded otherwise, for certain.

    Letters of which a part was lost stay as they are, and so do characters that may have been
    another encoding's. There are as many lines as before. Time grows linearly with the text.
    """
    if text.isascii():
        return text
    lines = text.split("\n")
    many = len(lines) // MAX_STRETCHES + 1
    stretches = (
        lines if many == 1 else ("\n".join(lines[n : n + many]) for n in range(0, len(lines), many))
    )
    return "\n".join(each if each.isascii() else _repaired(each) for each in stretches)


def _repaired(text: str) -> str:
    from ftfy import TextFixerConfig, fix_encoding_and_explain
    from ftfy.badness import is_bad

    if not is_bad(text):
        return text
    config = TextFixerConfig(replace_lossy_sequences=False, fix_c1_controls=False)
    found = fix_encoding_and_explain(text, config)
    # A guess between two encodings of single bytes: it makes a quotation mark of `|\x94`.
    guessed = any(step.parameter == "windows-1252" for step in found.explanation or ())
    moved = any(found.text.count(mark) != text.count(mark) for mark in "\n\r\ufffd")
    return text if guessed or moved else found.text
