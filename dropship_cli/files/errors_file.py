"""The file of `--errors`: the failed rows in the input's own columns, ready to be mended and run again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from dropship_cli.files.headers import normal
from dropship_cli.files.writing import RowWriter, row_writer

ERROR_COLUMNS = ("error_code", "error")


class ErrorsFile:
    """Takes failed rows as they come. Made by `errors_file`."""

    def __init__(self, writer: RowWriter, headers: Sequence[str]) -> None:
        ours = {normal(name) for name in ERROR_COLUMNS}
        # The columns of an earlier run's errors are replaced, not repeated.
        self._kept = [at for at, heading in enumerate(headers) if normal(heading) not in ours]
        self._width = len(headers)
        self._writer = writer
        self.count = 0
        writer.write([*(headers[at] for at in self._kept), *ERROR_COLUMNS])

    def add(self, original: Sequence[str], code: str, message: str) -> None:
        """One row as it was (`Row.original`), with its error's code and sentence.

        Cells beyond the heading, which no column can name, follow the error: nothing of the row is lost.
        """
        padded = [*original, *[""] * (self._width - len(original))]
        self._writer.write([*(padded[at] for at in self._kept), code, message, *padded[self._width :]])
        self.count += 1


@contextmanager
def errors_file(path: str, headers: Sequence[str]) -> Iterator[ErrorsFile]:
    """Opens `path` (csv, tsv or xlsx by its ending) and replaces what an earlier run left there.

    Without a failed row it holds the heading alone. Raises as `writing.write_rows`.
    """
    with row_writer(path, overwrite=True) as writer:
        yield ErrorsFile(writer, headers)
