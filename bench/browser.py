"""A browser as far as measuring needs one: a connection that is kept, cookies, and the way through the front door."""

import http.client
import re
import select
from dataclasses import dataclass, field
from urllib.parse import urlencode

HOST = "127.0.0.1"
PATIENCE = 60
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|form_key)" value="([^"]+)"')
POST = re.compile(r'name="post" value="([^"]+)"')

type Form = dict[str, str | list[str]]


@dataclass(frozen=True)
class Ask:
    """A question in JSON, for what is no web page: where it is sent, and its words."""

    address: str
    words: str

    def __str__(self) -> str:
        """Name it without its words."""
        return self.address


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the text, where it leads ("" nowhere), how many bytes."""

    status: int
    text: str
    to: str
    size: int


@dataclass
class Browser:
    """One browser at a port of this machine; `kept` are hidden fields of forms by the page that showed them.

    `headers` go along with everything that is asked.
    """

    port: int
    patience: float = PATIENCE
    kept: dict[str, Form] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    line: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.line = http.client.HTTPConnection(HOST, self.port, timeout=self.patience)

    def ask(self, address: str | Ask, form: Form | None = None) -> Answer:
        """Get an address, or send a form or JSON to it. Raises OSError or HTTPException when no answer comes."""
        headers = self.headers | {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if isinstance(address, Ask):
            body, address = address.words.encode(), address.address
            headers |= {"Content-Type": "application/json"}
        elif form is not None:
            body = urlencode(form, doseq=True).encode()
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{HOST}:{self.port}"}
        if self.line.sock is not None and select.select([self.line.sock], [], [], 0)[0]:
            self.line.close()  # the server closed the idle connection: as a browser, open a new one
        self.line.request("GET" if body is None else "POST", address, body, headers)
        answer = self.line.getresponse()
        read = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return Answer(answer.status, read.decode("utf-8", "replace"), answer.headers.get("Location", ""), len(read))

    def log_in(self, door: str, form: Form) -> Answer:
        """Fill in the form of a door. Raises PermissionError when it does not lead on."""
        answer = self.ask(door, {**hidden(self.ask(door).text), **form})
        if answer.status != 302 or door in answer.to:
            raise PermissionError(f"{door} lets nobody in: {answer.status}")
        return answer

    def enter(self, login: str, password: str) -> None:
        """Sign in to the product and take the first post. Raises PermissionError when not let in."""
        to = self.log_in("/sign-in/", {"login": login, "password": password}).to
        if "/posts/" in to:
            choice = self.ask(to).text
            post = POST.search(choice)
            self.ask("/posts/", {"post": post[1] if post else "", **hidden(choice)})


def hidden(text: str) -> Form:
    """Return the hidden fields that the forms of a page send along."""
    return dict(reversed(HIDDEN.findall(text)))
