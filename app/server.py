"""The server: one Streamlit app with the routes, the guard and the pump around it."""

from __future__ import annotations

import asyncio
import gc
import importlib
import logging
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.middleware import Middleware

from app.guard import Guard
from app.house import House
from app.keys import LinkKeys
from app.pump import Pump
from app.routes import all_routes
from app.settings import EnvironmentFault, Settings, differences, kept_secret, make_private_dir, options

if TYPE_CHECKING:
    from streamlit.starlette import App

LOG = logging.getLogger("stormdrill")
WARM_IMPORTS = ("altair", "pandas", "pyarrow", "networkx")
UVICORN_FATAL = logging.WARNING
Opener = Callable[[Settings], AbstractContextManager[House]]


def make_app(settings: Settings, open_house: Opener, on_ready: Callable[[House], None]) -> App:
    """Give the ASGI app; its house is opened when it starts and closed when it ends."""
    import streamlit

    pump = Pump()

    @asynccontextmanager
    async def lifespan(_: App) -> AsyncIterator[None]:
        _check_options(settings)
        with open_house(settings) as house:
            await asyncio.to_thread(_warm_up)
            async with pump.running(house.hall.tick):
                on_ready(house)
                yield

    return streamlit.App(
        Path(str(files("app") / "main.py")),
        lifespan=lifespan,
        routes=all_routes(pump),
        middleware=[Middleware(Guard, any_host=not settings.is_loopback)],
        on_script_error=_on_script_error,
    )


def _check_options(settings: Settings) -> None:
    from streamlit import config

    wrong = differences(config.get_option, options(settings))
    if wrong:
        raise EnvironmentFault(f"Streamlit's options are not as they must be: {'; '.join(wrong)}")


def _warm_up() -> None:
    """Import what pages will need and keep it out of the garbage collector's way."""
    for name in WARM_IMPORTS:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()


def _on_script_error(error: Exception) -> bool:
    """Show a sentence instead of a traceback; the traceback goes to the log."""
    import streamlit

    LOG.error("a page failed", exc_info=error)
    streamlit.error("This page could not be shown. Reload it; if it fails again, the server's log says why.")
    return True


def run(settings: Settings, open_house: Opener, on_ready: Callable[[House], None]) -> None:
    """Serve until stopped with Ctrl-C or a signal.

    Raises:
        EnvironmentFault: the data directory or the port cannot be used.
    """
    make_private_dir(settings.data_dir)
    os.environ["STREAMLIT_SERVER_COOKIE_SECRET"] = kept_secret(settings.data_dir / "cookie-secret")
    logging.getLogger("uvicorn.error").addFilter(lambda line: line.levelno >= UVICORN_FATAL)
    app = make_app(settings, open_house, on_ready)
    try:
        app.run(config=options(settings))
    except KeyboardInterrupt:
        return
    except SystemExit as stopped:
        if stopped.code:
            raise EnvironmentFault(f"the server could not start on {settings.url}") from None


def keys_of(data_dir: Path) -> LinkKeys:
    """Give the facilitator's keys of a data directory."""
    return LinkKeys(data_dir / "facilitator.json")
