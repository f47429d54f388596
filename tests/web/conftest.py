"""What the web tests share: an application that has received a directory with contacts, and relays messages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from territoires.config import Settings
from territoires.store.store import TableStore
from tests.unit.contact.mail_server import free_port
from tests.web.relay import install


@pytest.fixture(scope="session")
def relay_settings(shipped_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation with a mail server that does not answer, and two organisations, one with a contact."""
    state = tmp_path_factory.mktemp("relay")
    install(state)
    return replace(
        shipped_settings,
        state=state,
        smtp_url=f"smtp://127.0.0.1:{free_port()}",
        mail_from="relais@territoires.example",
    )


@pytest.fixture(scope="session")
def relay_app(relay_settings: Settings, shipped_store: TableStore) -> Any:
    """The application on that installation."""
    from territoires.web.application import create_app

    return create_app(relay_settings, store=shipped_store).server
