"""Dash inside our shell: its pages stand in the frame of the others, and only at their addresses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import dash
from dash.backends._flask import FlaskDashServer
from dash.exceptions import DependencyException, InvalidResourceError
from flask import Flask, Response, abort, request
from markupsafe import Markup

from territoires.web.encoding import IMMUTABLE, Body
from territoires.web.held import held
from territoires.web.shell import page

PACKAGE = "territoires.web"

#: Runs Dash's scripts once the page has shown what it is for.
LATER = "dash_later.js"


class Backend(FlaskDashServer):
    """Dash's Flask server without its catch-all: an address that is nobody's answers 404."""

    @staticmethod
    def create_app(name: str = PACKAGE, config: dict[str, Any] | None = None) -> Flask:
        """Return the Flask application, without a static folder of its own."""
        server = Flask(name, static_folder=None)
        server.config.update(config or {})
        return server

    def setup_index(self, dash_app: dash.Dash) -> None:
        """Leave `/` to the home page."""

    def setup_catchall(self, dash_app: dash.Dash) -> None:
        """Leave unknown addresses to the 404 page."""

    def register_assets_blueprint(
        self, blueprint_name: str, assets_url_path: str, assets_folder: str
    ) -> None:
        """Serve no asset: `/statique/` does, under a hash."""

    def serve_component_suites(
        self, dash_app: dash.Dash, package_name: str, fingerprinted_path: str
    ) -> Response:
        """Serve a script of Dash compressed, once per worker; 404 for a file that it does not have."""

        def make() -> Body:
            response = super(Backend, self).serve_component_suites(dash_app, package_name, fingerprinted_path)
            return Body(response.get_data(), response.mimetype)

        try:
            body = held().bodies.get(("dash", package_name, fingerprinted_path), make)
        except (DependencyException, InvalidResourceError, FileNotFoundError):
            abort(404)
        return body.answer(IMMUTABLE)

    def serve_callback(self, dash_app: dash.Dash) -> Callable[[], Response]:
        """Return the view of Dash's callbacks, closed to requests that name none of them."""
        dispatch = super().serve_callback(dash_app)

        def checked() -> Response:
            body = request.get_json()
            known = isinstance(body, dict) and body.get("output") in dash_app.callback_map
            if not known or not all(
                isinstance(body.get(name), list) for name in ("inputs", "changedPropIds")
            ):
                abort(400, "Aucun rappel de ce nom.")
            response: Response = dispatch()
            return response

        return checked


class Application(dash.Dash):
    """Dash whose pages stand in the shell of the site."""

    def interpolate_index(self, **parts: str) -> str:
        """Return the page at the present address; `parts` are the tags that Dash needs."""
        found = next((entry for entry in dash.page_registry.values() if entry["path"] == request.path), None)
        if found is None:
            abort(404)
        head, fallback, waiting = found.get("head"), found.get("fallback"), found.get("waiting")
        wanted = head(request.args) if callable(head) else Markup()
        plain = fallback(request.args) if callable(fallback) else ""
        places = waiting(request.args) if callable(waiting) else ""
        content = Markup("{}{}{}").format(
            places,
            Markup(parts["app_entry"]),  # noqa: S704 - written by Dash from its own packages
            plain,
        )
        return page(
            found["title"],
            content,
            current=found["path"],
            description=found["description"] or "",
            styles=tuple(found.get("styles", ())),
            scripts=(*found.get("scripts", ()), LATER),
            layout="wide",
            head=wanted + Markup(parts["css"]),  # noqa: S704 - written by Dash from its own packages
            foot=Markup('{}<template id="dash-scripts">{}</template>').format(
                Markup(parts["config"]),  # noqa: S704 - written by Dash from its own packages
                Markup(parts["scripts"] + parts["renderer"]),  # noqa: S704 - the same
            ),
        )


def make_dash() -> Application:
    """Return a Dash application that serves nothing yet but its own scripts and callbacks."""
    return Application(
        name=PACKAGE,
        backend=Backend,
        use_pages=True,
        pages_folder="",
        include_assets_files=False,
        include_pages_meta=False,
        title="Territoires",
        update_title="",
        add_log_handler=False,
    )


def serve_pages(app: Application) -> None:
    """Answer the addresses of the registered Dash pages, and finish Dash's own setup.

    Dash ends its setup at the first request; doing it now shows a fault at start and fixes the hashes of
    the inline scripts.
    """
    for entry in dash.page_registry.values():
        app.server.add_url_rule(entry["path"], f"dash:{entry['path']}", app.index)
    with app.server.test_request_context("/"):
        app.server.preprocess_request()
