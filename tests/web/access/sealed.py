"""A morning in a house without any line to the outside: a process in a network of its own, with nothing but loopback.

`python -m tests.web.access.sealed COOKIE ADDRESS…` opens the addresses as the cookie's person, writes a note, and prints
what the kernel counted. It ends with 77 where this machine lets nobody make a network of their own.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import socket
import struct
import sys
from pathlib import Path
from typing import Any

UP = 0x8914  # SIOCSIFFLAGS
NOT_ALLOWED = 77
ELSEWHERE = ("192.0.2.1", 80)  # an address for documentation: nobody is there


def go_inside() -> None:
    """Leave the machine's network for one in which only loopback is up. Raises OSError where that is not allowed."""
    os.unshare(os.CLONE_NEWNET if os.geteuid() == 0 else os.CLONE_NEWNET | os.CLONE_NEWUSER)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        fcntl.ioctl(line, UP, struct.pack("16sh14s", b"lo", 0x1, b""))
    # Of its own accord a browser asks the kernel again and again whether there is a way by IPv6; that is no packet.
    Path("/proc/sys/net/ipv6/conf/all/disable_ipv6").write_text("1", encoding="ascii")


def attempts() -> int:
    """Return how many packets of this network found no way out, since it was made, as the kernel counted."""
    rows = [
        line.split()
        for line in Path("/proc/net/snmp").read_text(encoding="ascii").splitlines()
        if line.startswith("Ip:")
    ]
    return int(dict(zip(rows[0], rows[1], strict=True))["OutNoRoutes"])


def interfaces() -> list[str]:
    """Return the names of all lines of this network."""
    return sorted(name for _, name in socket.if_nameindex())


def morning(cookie: str, addresses: list[str]) -> dict[str, Any]:
    """Open every address, write a note, and tell what did not open and what the browser complained of."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "tasuki.config.settings"
    django.setup()
    from tasuki.ops.screenshots import WIDE, Clock, chromium, serving
    from tests.web.access.town import SPRING

    heard: list[str] = []
    with chromium() as browser, serving(Clock(SPRING)) as house:
        context = browser.new_context(viewport=WIDE, locale="ja-JP")  # type: ignore[arg-type]  # two numbers
        context.add_cookies([{"name": "tasuki_session", "value": cookie, "url": house}])
        context.on("request", lambda one: None if one.url.startswith((house, "data:")) else heard.append(one.url))
        page = context.new_page()
        page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: heard.append(str(error)))
        shut = []
        for address in addresses:
            if address.endswith((".pdf", ".csv", ".xlsx")):
                status = context.request.get(house + address).status
            else:
                page.goto(house + address)
                status = page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus")
            shut += [address] if status != 200 else []
        page.goto(house + "/consultations/new/")
        page.fill("#note", "線の切れた日のメモ")
        page.get_by_text(re.compile("保存しました")).wait_for()
    return {"shut": shut, "heard": heard}


def main() -> None:
    """Go inside, live the morning, tell what was counted; then knock once at the outside, to show that it is counted."""
    try:
        go_inside()
    except OSError as refused:
        print(refused, file=sys.stderr)
        sys.exit(NOT_ALLOWED)
    before = attempts()
    told = morning(sys.argv[1], sys.argv[2:])
    told |= {"left": attempts() - before, "interfaces": interfaces()}
    try:
        socket.create_connection(ELSEWHERE, timeout=1).close()
    except OSError as unreachable:
        told |= {"knocked": attempts() - before - told["left"], "answer": str(unreachable)}
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
