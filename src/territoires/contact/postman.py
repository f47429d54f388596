"""The thread of a serving process that has the messages sent: it looks every few seconds, and starts the sender.

Every process has its own; the sender's lock lets one sender work at a time. The sender is a process apart: a server
that is stopped or killed does not cut a letter short.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time

from territoires.config import Settings
from territoires.contact.outbox import Outbox
from territoires.errors import DataError

log = logging.getLogger(__name__)

#: Seconds between two looks at the queue.
INTERVAL = 20.0


class Postman:
    """Started by the first request that a process answers, never by the process that only forks others."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._outbox = Outbox(settings.state)
        self._wake = threading.Event()
        self._starting = threading.Lock()
        self._process = 0

    def start(self) -> None:
        """Start the thread, once per process."""
        if self._process == os.getpid():
            return
        with self._starting:
            if self._process != os.getpid():
                self._process = os.getpid()
                threading.Thread(target=self._run, name="postman", daemon=True).start()

    def wake(self) -> None:
        """Have the queue looked at now."""
        self._wake.set()

    def _run(self) -> None:
        while True:
            try:
                if self._outbox.due(time.time()):
                    self._send()
            except (DataError, OSError) as error:
                log.error("%s", error)
            self._wake.wait(INTERVAL)
            self._wake.clear()

    def _send(self) -> None:
        """Run the sender, and wait for it to end."""
        settings = self._settings
        environment = {
            **os.environ,
            "TERRITOIRES_STATE": str(settings.state),
            "TERRITOIRES_SMTP_URL": settings.smtp_url,
            "TERRITOIRES_MAIL_FROM": settings.mail_from,
        }
        subprocess.run(
            [sys.executable, "-m", "territoires.contact.sender"],
            env=environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            check=False,
        )
