"""A process that dies at a chosen write: SQLite's own file layer, which kills the process instead of the N-th write."""

import os
import select
import signal
from collections.abc import Callable
from typing import Any

import apsw


class DyingDisk(apsw.VFS):
    """The default file layer of this process, which ends with the process at the `last`-th write, sync or truncation.

    Half of a last write still reaches the file, as it may when a process dies.
    """

    def __init__(self, last: int) -> None:
        self.left = last
        self.real = apsw.vfs_names()[0]
        super().__init__("dying", base=self.real, makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        return _DyingFile(self, name, flags)

    def count(self, last_deed: Callable[[], object] = lambda: None) -> None:
        """One more operation; the last one does `last_deed` and ends the process."""
        self.left -= 1
        if self.left == 0:
            last_deed()
            os.kill(os.getpid(), signal.SIGKILL)


class _DyingFile(apsw.VFSFile):
    def __init__(self, disk: DyingDisk, name: Any, flags: list[int]) -> None:
        self._disk = disk
        super().__init__(disk.real, name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.count(lambda: super(_DyingFile, self).xWrite(data[: len(data) // 2], offset))
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:
        self._disk.count()
        super().xSync(flags)

    def xTruncate(self, size: int) -> None:
        self._disk.count()
        super().xTruncate(size)


def in_child(work: Callable[[], None], *, killed_after_s: float | None = None) -> bool:
    """Run `work` in a forked child. True when it came to its end, False when it was killed; anything else is an error.

    With `killed_after_s` the child gets SIGKILL then, unless it has ended.
    """
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    status = _wait(pid, killed_after_s)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return False
    assert os.WEXITSTATUS(status) == 0, "the child failed; its traceback is above"
    return True


def _wait(pid: int, killed_after_s: float | None) -> int:
    if killed_after_s is not None:
        descriptor = os.pidfd_open(pid)
        try:
            ended, _, _ = select.select([descriptor], [], [], killed_after_s)
        finally:
            os.close(descriptor)
        if not ended:
            os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]
