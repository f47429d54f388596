"""Two workers: time to the first answer, memory once every level was served, answers per second."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from territoires.config import PROJECT
from territoires.model.levels import MAPPED

REQUESTS = 4000
CLIENTS = 8

#: Seconds until the workers have made their first sheets.
WARMING = 15


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip, br"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    """Wait for the first answer of a server; `RuntimeError` where it stopped before."""
    while server.poll() is None:
        try:
            if get(port, "/sante")[0] == 200:
                return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"the server stopped with {server.returncode}: `territoires serve` says why")


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in listed.split()]


def resident_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no VmRSS")


def private_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def load(port: int, path: str) -> float:
    """Return the answers per second of `CLIENTS` keep-alive clients asking for `path`."""
    each = REQUESTS // CLIENTS
    failures: list[int] = []

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for _ in range(each):
            connection.request("GET", path, headers={"Accept-Encoding": "gzip, br"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                failures.append(answer.status)
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError(f"{len(failures)} failures: {failures[:3]}")
    return CLIENTS * each / (time.perf_counter() - start)


def main() -> None:
    port = free_port()
    with tempfile.TemporaryDirectory() as cache:
        environment = os.environ | {"TERRITOIRES_CACHE": cache}
        command = [sys.executable, "-m", "territoires.cli", "serve", "--port", str(port)]
        for attempt in ("first start, empty cache", "second start"):
            start = time.perf_counter()
            server = subprocess.Popen(command, cwd=PROJECT, env=environment, stderr=subprocess.DEVNULL)
            wait_for(server, port)
            print(f"{attempt}: first answer after {time.perf_counter() - start:.2f} s (budget 3 s)")
            if attempt == "second start":
                break
            server.send_signal(signal.SIGTERM)
            server.wait()
        try:
            # Each worker prints a sheet per level once it answers (`web/warming.py`): that is a start, not a load.
            time.sleep(WARMING)
            _, page = get(port, "/carte")
            print(f"/carte: {len(page) / 1024:.1f} kB compressed")
            for _ in range(4):
                for level in MAPPED:
                    for path in (
                        f"/api/v1/territories/{level}",
                        f"/api/v1/values/{level}/emp_txchom_1564",
                        f"/tuiles/{level}/5/16/11.mvt",
                    ):
                        status, body = get(port, path)
                        if status != 200:
                            raise RuntimeError(f"{path}: {status}")
            _, body = get(port, "/api/v1/values/commune/emp_txchom_1564")
            print(f"one indicator, all communes: {len(body) / 1024:.1f} kB compressed (budget 60 kB)")
            rate = load(port, "/api/v1/values/commune/emp_txchom_1564")
            print(f"values: {rate:.0f} answers/s with {CLIENTS} Python clients on the same two cores")
            print(f"search: {load(port, '/api/v1/territories?q=bordeau&limit=10'):.0f} answers/s")
            for pid in children(server.pid):
                resident, private = resident_mb(pid), private_mb(pid)
                print(f"worker: {resident:.0f} MB resident (budget 300 MB), {private:.0f} MB private")
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


if __name__ == "__main__":
    main()
