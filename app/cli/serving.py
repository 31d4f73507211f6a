"""Commands that serve the console: serve, link."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.settings import (
    DEFAULT_PORT,
    EVERY_HOST,
    LOOPBACK,
    EnvironmentFault,
    Settings,
    alone_in,
    free_port,
    make_private_dir,
)

if TYPE_CHECKING:
    from app.house import House

DATA_VARIABLE = "STORMDRILL_DATA"
DEFAULT_DATA = Path("stormdrill-data")
ADDRESS_FILE = "address"
LACKS = "Plain http: join, play and sound work; desktop notices need https or localhost."
Data = Annotated[
    Path, typer.Option(help="Folder of drills and secrets, made when it is not there.", envvar=DATA_VARIABLE)
]


def serve(
    scenarios: Annotated[Path | None, typer.Option(help="Folder of your own scenarios.")] = None,
    host: Annotated[
        str | None,
        typer.Option(help=f"Address to listen on; {LOOPBACK}, this machine alone, unless told."),
    ] = None,
    port: Annotated[
        int, typer.Option(min=1, max=65535, help="Port; the next free one when it is taken.")
    ] = DEFAULT_PORT,
    data: Data = DEFAULT_DATA,
    lan: Annotated[
        bool, typer.Option("--lan", help="Let other machines of the network in; the same as --host 0.0.0.0.")
    ] = False,
) -> None:
    """Serve the console until Ctrl-C.

    Example: stormdrill serve --lan --port 8600
    """
    host = _listened_on(host, lan=lan)
    if scenarios is not None and not scenarios.is_dir():
        raise typer.BadParameter(f"{scenarios} is no folder", param_hint="--scenarios")
    with alone_in(make_private_dir(data)):
        given = free_port(host, port)
        if given != port:
            print(f"port {port} is taken, using {given}", file=sys.stderr)
        from app import server

        settings = Settings(data_dir=data.resolve(), host=host, port=given, scenarios_dir=scenarios)
        server.run(settings, open_house, announce)
    print("stopped; every drill is kept and goes on where it stood", file=sys.stderr)


def _listened_on(host: str | None, *, lan: bool) -> str:
    """Give the address to bind."""
    if lan and host is not None:
        raise typer.BadParameter(
            f"it listens on every address, --host on {host} alone: leave one of them out", param_hint="--lan"
        )
    return EVERY_HOST if lan else host or LOOPBACK


def link(
    data: Data = DEFAULT_DATA,
    lead: Annotated[
        bool, typer.Option("--lead", help="For who reads the list of drills and scorecards, and runs none.")
    ] = False,
) -> None:
    """Print the facilitator's link, or a lead's; it works once, in one browser.

    Example: stormdrill link --lead
    """
    from app import house, server

    if not data.is_dir():
        raise EnvironmentFault(
            f"{data} is not there (start `stormdrill serve` first, or name its folder with --data)"
        )
    address = data / ADDRESS_FILE
    url = address.read_text("utf-8").strip() if address.is_file() else f"http://{LOOPBACK}:{DEFAULT_PORT}"
    keys = house.lead_keys_of(data) if lead else server.keys_of(data)
    print(facilitator_link(url, keys.open_claim()))


def facilitator_link(url: str, claim: str) -> str:
    """Give the link; the claim stands in the fragment, which no browser sends and no server logs."""
    return f"{url}/#claim={claim}"


@contextmanager
def open_house(settings: Settings) -> Iterator[House]:
    """Open library and hall, and close them when the block ends."""
    from app import house, server
    from drills import Hall
    from scenarios import Library

    library = Library([settings.scenarios_dir] if settings.scenarios_dir else [])
    hall = Hall(settings.data_dir, library)
    try:
        with house.opened(house.House(settings, hall, library, server.keys_of(settings.data_dir))) as opened:
            yield opened
    finally:
        hall.close()


def announce(opened: House) -> None:
    """Say where the console is; the facilitator's link is printed the first time alone."""
    settings = opened.settings
    (settings.data_dir / ADDRESS_FILE).write_text(settings.url + "\n", encoding="utf-8")
    lines = [f"Play alone: {settings.url}"]
    if not settings.is_loopback:
        lines += _for_others(settings)
    if opened.keys.is_new:
        lines.append(f"Facilitator (works once): {facilitator_link(settings.url, opened.keys.open_claim())}")
    lines.append("Ctrl-C stops it.")
    print("\n".join(lines), flush=True)


def _for_others(settings: Settings) -> list[str]:
    """Give the address for other machines, with a code for phones when somebody is there to see it."""
    from io import StringIO

    import segno

    url = settings.url_for_others()
    lines = [f"From other machines: {url} (to join: {url}/join)"]
    if sys.stdout.isatty() or os.environ.get("STORMDRILL_QR"):
        drawn = StringIO()
        segno.make_qr(url).terminal(drawn, compact=True)
        lines.append(drawn.getvalue())
    return [*lines, LACKS]
