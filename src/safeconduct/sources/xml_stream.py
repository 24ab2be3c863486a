"""XML in pieces: no document types, no entities, no network, bounded depth and size."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from safeconduct.core.errors import Refusal
from safeconduct.sources.files import SourceFile, refuse_size, squeeze

MAX_DEPTH = 40


def local(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rpartition("}")[2]


def elements(file: SourceFile, wanted: frozenset[str]) -> Iterator[tuple[Element, Element]]:
    """The root (with its attributes) and each element whose local name is ``wanted``, complete, in the
    order of the file. Each is emptied when the next is asked for."""
    refuse_size(file)
    path: list[Element] = []
    with file.open() as stream:
        try:
            for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
                if event == "start":
                    path.append(element)
                    if len(path) > MAX_DEPTH:
                        raise Refusal(f"nested deeper than {MAX_DEPTH}", file.name, "fetch it again")
                    continue
                path.pop()
                if local(element.tag) in wanted:
                    yield path[0] if path else element, element
                    element.clear()
                    if path:
                        path[-1].remove(element)
        except ParseError as error:
            line, column = error.position
            raise Refusal(
                f"not well-formed XML: {error.msg}",
                f"{file.name}, line {line}, column {column + 1}",
                "fetch it again: it may have been cut off or altered",
            ) from error
        except DefusedXmlException as error:
            raise Refusal(
                "the XML declares a document type or entities", file.name, "remove the declaration; lists need none"
            ) from error
        except (LookupError, ValueError) as error:  # an encoding nobody knows, or a multi-byte one expat cannot read
            raise Refusal(f"the XML cannot be decoded: {error}", file.name, "save it as UTF-8") from error


def said(element: Element, tag: str) -> str:
    """The text of the first child called ``tag`` (local name), squeezed; ``""`` where absent."""
    return next((squeeze(child.text) for child in element if local(child.tag) == tag), "")


def all_said(element: Element, tag: str, inner: str) -> list[str]:
    """The texts of every ``tag``/``inner`` below ``element``, without empty ones."""
    found = (squeeze(leaf.text) for child in children(element, tag) for leaf in children(child, inner))
    return [text for text in found if text]


def children(element: Element, tag: str) -> list[Element]:
    """The children called ``tag`` (local name)."""
    return [child for child in element if local(child.tag) == tag]
