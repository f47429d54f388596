"""Share sheets out between processes with Dask: here by default, or on a cluster whose scheduler is given.

A few sheets per process are on their way at any moment, whatever their number, and each file comes back to the process
that asked for it: a cluster needs the program and its data, not the folder. A sheet that fails, or that kills its
worker, is reported and the others go on.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from territoires.config import Settings
from territoires.errors import ConfigurationError
from territoires.sheets.batch import Made, Order, attempt, opened
from territoires.sheets.ledger import Ledger

#: Sheets on their way for each process: one that is made, one that waits.
AHEAD = 2

#: How long a scheduler is waited for (seconds).
PATIENCE = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an order: made, already there, or failed for a reason."""

    order: Order
    already: bool = False
    failure: str = ""
    size: int = 0
    seconds: float = 0.0


@contextmanager
def cluster(scheduler: str, workers: int) -> Iterator[Any]:
    """Give a Dask client: of `scheduler` where one is named, or of `workers` processes of this machine."""
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise ConfigurationError(
            "Les fiches par lots demandent Dask : pip install 'territoires[batch]'."
        ) from error
    with ExitStack() as stack:
        if scheduler:
            try:
                client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
            except (OSError, ValueError) as error:
                raise ConfigurationError(f"L’ordonnanceur {scheduler} ne répond pas : {error}.") from error
        else:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="territoires-fiches-"))
            local = LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                dashboard_address=None,
                local_directory=folder,
                silence_logs="ERROR",
            )
            client = Client(stack.enter_context(local), set_as_default=False)
        yield stack.enter_context(client)


def usual_workers() -> int:
    """Return how many processes are started here: one per core this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def produce(
    orders: Sequence[Order], ledger: Ledger, settings: Settings, *, scheduler: str = "", workers: int = 0
) -> Iterator[Outcome]:
    """Make what the ledger does not hold, and say what became of each order, as it does.

    A worker of a named scheduler reads the settings of its own environment; if its data or its program are not
    those of this process, what it makes is refused.
    """
    version = opened(settings).version
    waiting: list[Order] = []
    for order in orders:
        if ledger.holds(order.file, version):
            yield Outcome(order, already=True)
        else:
            waiting.append(order)
    if not waiting:
        return
    given = None if scheduler else settings
    with cluster(scheduler, min(workers or usual_workers(), len(waiting))) as client:
        yield from _shared(client, waiting, ledger, given, version)


def _shared(
    client: Any, waiting: Sequence[Order], ledger: Ledger, settings: Settings | None, version: str
) -> Iterator[Outcome]:
    """Keep every process of `client` busy until each order was made or has failed."""
    from distributed import as_completed

    left = iter(waiting)
    asked: dict[str, Order] = {}
    coming = as_completed(loop=client.loop)

    def ask() -> bool:
        order = next(left, None)
        if order is None:
            return False
        future = client.submit(attempt, order, settings, pure=False, retries=0)
        asked[future.key] = order
        coming.add(future)
        return True

    processes = max(1, len(client.scheduler_info()["workers"]))
    for _ in range(AHEAD * processes):
        ask()
    for future in coming:
        order = asked.pop(future.key)
        made: Made | str = future.result() if future.status == "finished" else _reason(future.exception())
        future.release()
        ask()
        if isinstance(made, str):
            yield Outcome(order, failure=made)
        elif made.version != version:
            yield Outcome(order, failure="le processus a d’autres données ou un autre programme")
        else:
            ledger.keep(order.file, made.content, version)
            yield Outcome(order, size=len(made.content), seconds=made.seconds)


def _reason(error: BaseException | None) -> str:
    """Return why a sheet failed, in one line."""
    lines = str(error or "").strip().splitlines()
    return lines[0] if lines else type(error).__name__
