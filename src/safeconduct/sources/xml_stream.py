"""XML in pieces: no document types, no entities, no network, bounded depth and size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from safeconduct.core.errors import Refusal
from safeconduct.sources.files import SourceFile, refuse_size, squeeze

MAX_DEPTH = 40
MAX_HELD = 200_000


def local(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rpartition("}")[2]


def elements(file: SourceFile, wanted: frozenset[str]) -> Iterator[tuple[Element, Element]]:
    """The root (with its attributes) and each element whose local name is ``wanted``, complete, in the
    order of the file. Whatever has been read is dropped, so that memory does not grow with the file."""
    refuse_size(file)
    with file.open() as stream:
        try:
            yield from _walk(iterparse(stream, events=("start", "end"), forbid_dtd=True), wanted, file.name)
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


def _walk(
    events: Iterable[tuple[str, Element]], wanted: frozenset[str], where: str
) -> Iterator[tuple[Element, Element]]:
    path: list[Element] = []
    inside = held = 0  # how many wanted elements are open, and how many elements they hold
    for event, element in events:
        if event == "start":
            path.append(element)
            inside += local(element.tag) in wanted
            held = held + 1 if inside else 0
            if len(path) > MAX_DEPTH or held > MAX_HELD:
                what = (
                    f"nested deeper than {MAX_DEPTH}" if held <= MAX_HELD else f"an entry of over {MAX_HELD} elements"
                )
                raise Refusal(what, where, "fetch it again")
            continue
        path.pop()
        if local(element.tag) in wanted:
            inside -= 1
            yield path[0] if path else element, element
        if not inside and path:
            path[-1].remove(element)


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
