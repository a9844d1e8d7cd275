"""Reading in a process of its own: a file that ends or stalls the reader is refused, the next one is read."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

import citypanel
from citypanel.importing.reading.limits import memory_for, seconds_for
from citypanel.importing.reading.sheet import Refused, Workbook

_LIBRARY = Path(str(citypanel.__file__)).resolve().parents[1]
_START = "import sys; sys.path.insert(0, {!r}); from citypanel.importing.reading.worker import main; main()"


class ReadingProcess:
    """A process that reads one file after another; it is begun again where one of them ended it."""

    def __init__(self, spool: Path, seconds: float | None = None) -> None:
        """Read with a folder for what is too long for memory, and at most `seconds` per file (default: by its
        size).
        """
        self._spool, self._seconds = spool, seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> ReadingProcess:
        """Begin nothing yet: the first file begins the process."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self._end()

    def read(self, path: Path, folder: Path) -> list[Workbook]:
        """Read a file; where the process does not answer, the file is refused."""
        process = self._running()
        late = threading.Event()
        size = path.stat().st_size if path.exists() else 0
        seconds = self._seconds or seconds_for(size)

        def stop() -> None:
            late.set()
            process.kill()

        clock = threading.Timer(seconds, stop)
        clock.start()
        try:
            assert process.stdin and process.stdout
            pickle.dump((str(path), str(folder), str(self._spool)), process.stdin)
            process.stdin.flush()
            answer: list[Workbook] = pickle.load(process.stdout)
            return answer
        except (EOFError, OSError, pickle.UnpicklingError):
            self._end()
            why = Refused("import_reader_ended", limit=memory_for(size))
            if late.is_set():
                why = Refused("import_reader_late", limit=f"{seconds:g}")
            return [Workbook(path.relative_to(folder).as_posix(), "", [], why)]
        finally:
            clock.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        """Return the process, begun where there is none."""
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _START.format(str(_LIBRARY))],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        return self._process

    def _end(self) -> None:
        """End the process, whatever it does."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def read_files(paths: Iterable[Path], folder: Path, spool: Path) -> Iterator[tuple[Path, list[Workbook]]]:
    """Yield each file with its workbooks; the next file is being read while one is worked on."""
    ahead: tuple[Path, Future[list[Workbook]]] | None = None
    with ReadingProcess(spool) as process, ThreadPoolExecutor(1) as thread:
        for path in paths:
            following = (path, thread.submit(process.read, path, folder))
            if ahead:
                yield ahead[0], ahead[1].result()
            ahead = following
        if ahead:
            yield ahead[0], ahead[1].result()
