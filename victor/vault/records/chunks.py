"""Files in chunks, on their way into the storage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.core.files import File


class CountedChunks:
    """Chunks that are counted: `size` is how many bytes have passed."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.chunks, self.size = chunks, 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.chunks:
            self.size += len(chunk)
            yield chunk


class EncryptedFile(File):
    """A file that is encrypted while a storage saves it."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__(None)
        self.pieces = pieces

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The encrypted chunks, as they are made."""
        return self.pieces
