"""Subtitles (SRT, WebVTT): the cues joined into sentences, without times and marks; read by pysubs2."""

import html
import re

from . import Unreadable
from ._bytes import file_text

PRIORITY = 23
_CUE = re.compile(rb"(?:\d{1,2}:)?\d{2}:\d{2}[.,]\d{3}\s+-->\s+(?:\d{1,2}:)?\d{2}:\d{2}[.,]\d{3}")
_LABEL = re.compile(r"[A-ZÀ-Ý][\w'’ -]{1,30} : ")
_ENDS = re.compile(r"[.!?…»\"]$")


def recognises(path, head):
    return bool(_CUE.search(head[:4000]))


def read(path):
    import pysubs2

    text, notes = file_text(path)
    text = re.sub(r"<v(?:\.[\w.]+)? ([^>\n]+)>", r"\1 : ", text)  # who speaks
    try:
        cues = pysubs2.SSAFile.from_string(text.lstrip("\ufeff"), format_="vtt" if text.lstrip("\ufeff").startswith("WEBVTT") else "srt")
    except Exception as error:  # of damaged cues the library may say anything
        raise Unreadable(f"damaged subtitles ({type(error).__name__})") from error
    yield from ({"problem": note} for note in notes)
    yield {"title": None, "text": _joined([_plain(cue.text) for cue in cues])}


def _plain(cue):
    """A cue's words, without marks of style."""
    return html.unescape(re.sub(r"</?[a-z][^<>]{0,60}>|<\d\d:[^<>]+>|\{\\[^}]*\}", "", cue.replace("\\N", "\n")))


def _joined(cues):
    """Cues as running text: one that goes on is joined, a dash of dialogue begins a paragraph, a repeated cue comes once."""
    made, last, who = [], None, None
    for cue in cues:
        for line in cue.replace("\\N", "\n").split("\n"):
            line = re.sub(r"\s+", " ", line).strip()
            label = _LABEL.match(line)
            if label and label[0] == who and made:  # the same speaker goes on
                line = line[label.end() :].strip()
            who = label[0] if label else who
            if not line or line == last:
                continue
            last = line
            if not made or line.startswith(("-", "–", "—")) or _LABEL.match(line) or made[-1].count(" ") > 120 and _ENDS.search(made[-1]):
                made.append(line)
            else:
                made[-1] += " " + line
    return "\n\n".join(made)
