"""A poller that is killed again and again captures each page once and announces each URL once."""

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from ingest.journal.sqlite import SqliteStore
from processors.codec import decode
from processors.model import Capture, Outcome
from tests.fakes.http_server import answer, loopback_server

ROOT = Path(__file__).resolve().parents[2]
PAGES = 60
KILLS = 8


def slowly(body: bytes):
    def send(request, connection) -> None:
        time.sleep(0.01)
        connection.sendall(answer(body))

    return send


def test_kills_at_random_moments_lose_and_repeat_nothing(tmp_path):
    chance = random.Random(2024)
    with loopback_server() as server:
        items = "".join(f"<item><title>T</title><link>/{n}</link></item>" for n in range(PAGES))
        feed = f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>".encode()
        server.pages |= {"/rss": answer(feed, content_type="application/rss+xml")}
        server.pages |= {f"/{n}": slowly(b"<p>page %d</p>" % n) for n in range(PAGES)}
        command = [
            sys.executable,
            str(Path(__file__).with_name("poller_child.py")),
            str(tmp_path / "journal.db"),
            server.url + "/rss",
        ]
        kills = 0
        while kills < KILLS:
            with subprocess.Popen(
                command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE
            ) as child:
                assert child.stdout.readline() == b"ready\n"
                try:
                    child.wait(chance.uniform(0.0, 0.15))
                except subprocess.TimeoutExpired:
                    child.kill()
                    kills += 1
                else:
                    break
        subprocess.run(
            command,
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT)},
            check=True,
            timeout=60,
            stdout=subprocess.DEVNULL,
        )
    store = SqliteStore(tmp_path / "journal.db")
    captures = [decode(Capture, found.value) for found in store.read("captures", after=0, limit=1000)]
    outcomes = [decode(Outcome, found.value) for found in store.read("outcomes", after=0, limit=1000)]
    store.close()
    expected = Counter(f"{server.url}/{n}" for n in range(PAGES))
    assert kills > 0
    assert Counter(capture.url for capture in captures) == expected
    assert Counter(found.url for found in outcomes) == expected
