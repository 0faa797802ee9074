"""A real Kafka broker and a real Elasticsearch node on loopback, from jars of Maven Central: `python -m tests.servers`.

The jars are fetched and compiled once into `.servers/` (about 20 s; needs Maven and a JDK 21 or newer), after that no network
is used. Both servers can be stopped, killed and started again with their data, for the fault tests.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from abc import ABC, abstractmethod
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
JARS = Path(os.environ.get("OBMIN_SERVERS_DIR", ROOT / ".servers"))
START_TIMEOUT_S = 120


class Unavailable(RuntimeError):
    """The servers cannot be had here; the message says why."""


def free_port() -> int:
    """A TCP port of loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def build() -> Path:
    """Fetch and compile the jars unless that was done; return their directory. Raises Unavailable."""
    done = JARS / "java_home"
    if done.exists() and Path(done.read_text().strip(), "bin/java").exists():
        return JARS
    for tool in ("mvn", "java"):
        if shutil.which(tool) is None:
            raise Unavailable(f"no {tool} on the PATH: install Maven and a JDK 21 or newer")
    result = subprocess.run(
        [ROOT / "deploy/servers/build.sh", JARS], capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise Unavailable(
            f"deploy/servers/build.sh failed: {(result.stderr or result.stdout).strip()[-400:]}"
        )
    return JARS


class Server(ABC):
    """A server process with data of its own in a temporary directory."""

    def __init__(self) -> None:
        self.jars = build()
        self.home = Path(tempfile.mkdtemp(prefix="obmin-server-"))
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    @abstractmethod
    def address(self) -> str:
        """What a client connects to."""

    @abstractmethod
    def _command(self) -> list[str]: ...

    @abstractmethod
    def _ready(self) -> bool: ...

    def start(self) -> None:
        """Start (again, on the same port and data) and wait until it answers. Raises RuntimeError with the log's end."""
        log = (self.home / "log.txt").open("ab")
        self._process = subprocess.Popen(
            self._command(),
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            cwd=self.home,
            start_new_session=True,
        )
        log.close()
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                tail = (self.home / "log.txt").read_text(errors="replace")[-1500:]
                raise RuntimeError(f"{type(self).__name__} did not start:\n{tail}")
            threading.Event().wait(0.1)

    def stop(self) -> None:
        """End it in good order; its data stay for the next `start`."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it with SIGKILL."""
        self._end(signal.SIGKILL)

    def pause(self) -> None:
        """Freeze the process: connections stay open, nothing answers."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Undo `pause`."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGCONT)

    def close(self) -> None:
        """End it and remove its data."""
        self._end(signal.SIGKILL)
        shutil.rmtree(self.home, ignore_errors=True)

    def _end(self, signum: int) -> None:
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._process.pid, signum)
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


class Kafka(Server):
    """One broker, KRaft mode."""

    def __init__(self) -> None:
        super().__init__()
        self._controller_port = free_port()
        self._java = shutil.which("java") or "java"
        (self.home / "server.properties").write_text(self._properties())
        self._tool(
            "kafka.tools.StorageTool", "format", "-t", "obminobminobminobminow", "-c", "server.properties"
        )

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def _properties(self) -> str:
        return "\n".join([
            "process.roles=broker,controller",
            "node.id=1",
            f"controller.quorum.voters=1@127.0.0.1:{self._controller_port}",
            f"listeners=PLAINTEXT://127.0.0.1:{self.port},CONTROLLER://127.0.0.1:{self._controller_port}",
            "controller.listener.names=CONTROLLER",
            f"log.dirs={self.home / 'data'}",
            "offsets.topic.replication.factor=1",
            "offsets.topic.num.partitions=4",
            "transaction.state.log.replication.factor=1",
            "transaction.state.log.min.isr=1",
            "group.initial.rebalance.delay.ms=0",
            "group.min.session.timeout.ms=1000",
            "auto.create.topics.enable=false",
            "message.max.bytes=4194304",
        ])  # fmt: skip

    def _classpath(self) -> list[str]:
        return ["-cp", f"{self.jars / 'kafka'}/*"]

    def _tool(self, *arguments: str) -> None:
        result = subprocess.run(
            [self._java, *self._classpath(), *arguments],
            cwd=self.home,
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode:
            raise RuntimeError(f"{arguments[0]} failed: {result.stderr[-800:]}")

    def _command(self) -> list[str]:
        return [self._java, "-Xmx512m", *self._classpath(), "kafka.Kafka", "server.properties"]

    def _ready(self) -> bool:
        from kafka import KafkaAdminClient
        from kafka.errors import KafkaError

        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            try:
                admin = KafkaAdminClient(bootstrap_servers=self.address, bootstrap_timeout_ms=2000)
                admin.list_topics()
                admin.close()
            except KafkaError:
                return False
            return True
        return False


class Elasticsearch(Server):
    """One node, security off."""

    def __init__(self) -> None:
        super().__init__()
        self._transport_port = free_port()
        (self.home / "config").mkdir()
        (self.home / "modules").symlink_to(self.jars / "es" / "modules")
        self._java = str(Path((self.jars / "java_home").read_text().strip(), "bin/java"))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _command(self) -> list[str]:
        es = self.jars / "es"
        return [
            self._java, "-Xms512m", "-Xmx768m", "-cp", f"{es / 'launcher'}:{es / 'lib'}/*", "LocalElasticsearch",
            str(self.home), str(self.port), str(self._transport_port),
        ]  # fmt: skip

    def _ready(self) -> bool:
        url = f"{self.address}/_cluster/health?wait_for_status=yellow&timeout=1s"
        with (
            contextlib.suppress(OSError, urllib.error.URLError),
            urllib.request.urlopen(url, timeout=3) as answer,
        ):
            return bool(answer.status == 200)
        return False


def main() -> None:
    """Start both, print their addresses, wait for Ctrl-C."""
    try:
        servers: list[Server] = [Kafka(), Elasticsearch()]
    except Unavailable as error:
        sys.exit(f"cannot start the servers: {error}")
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    try:
        for server in servers:
            server.start()
        print(f"export OBMIN_KAFKA={servers[0].address} OBMIN_ELASTICSEARCH={servers[1].address}", flush=True)
        print("Ctrl-C stops both and removes their data", flush=True)
        stopped.wait()
    except KeyboardInterrupt:
        pass
    finally:
        for server in servers:
            server.close()


if __name__ == "__main__":
    main()
