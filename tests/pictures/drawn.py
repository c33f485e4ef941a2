"""Reads a drawn picture back: elements, classes, points."""

import re
from xml.etree import ElementTree as ET

NAMESPACE = "{http://www.w3.org/2000/svg}"


def elements(svg: str, class_: str = "", tag: str = "") -> list[ET.Element]:
    """List the elements that carry a class and, when given, a tag, in drawing order."""
    root = ET.fromstring(svg)  # noqa: S314 (our own text)
    return [
        one
        for one in root.iter()
        if (not class_ or class_ in one.get("class", "").split()) and (not tag or one.tag == NAMESPACE + tag)
    ]


def words(svg: str) -> list[str]:
    """List every text of the picture."""
    return ["".join(one.itertext()) for one in elements(svg, tag="text")]


def points(path: ET.Element) -> list[tuple[float, float]]:
    """List the points of a path made of absolute M and L."""
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path.get("d", ""))]


def person(svg: str, id_: str) -> ET.Element:
    """Give the group of one person."""
    return next(one for one in elements(svg, "person") if one.get("data-member") == id_)


def within(group: ET.Element, tag: str, class_: str = "") -> list[ET.Element]:
    """List a group's elements of one tag and class."""
    return [one for one in group.iter(NAMESPACE + tag) if not class_ or class_ in one.get("class", "").split()]
