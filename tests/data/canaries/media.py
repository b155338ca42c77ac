"""Films and sound with words in all their tags. Needs ffmpeg, mutagen, exiftool."""

from __future__ import annotations

import struct
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import mutagen.apev2
import mutagen.id3
import mutagen.oggopus
import mutagen.oggvorbis
from images import drawing
from marks import mark

SOURCE = ["-f", "lavfi", "-i", "testsrc=d=1:s=96x64:r=8", "-f", "lavfi", "-i", "sine=d=1"]
TAGS = ("title", "artist", "comment", "copyright", "description", "location", "encoder_settings", "author", "album")
FILMS = {
    "h264.mp4": ["-c:v", "libx264", "-c:a", "aac"],
    "h264-faststart.mp4": ["-c:v", "libx264", "-c:a", "aac", "-movflags", "+faststart"],
    "hevc.mp4": ["-c:v", "libx265", "-tag:v", "hvc1", "-x265-params", "log-level=none", "-c:a", "aac"],
    "mpeg4.mp4": ["-c:v", "mpeg4", "-c:a", "aac"],
    "silent.mp4": ["-c:v", "libx264", "-an"],
    "phone.3gp": ["-c:v", "h263", "-s", "128x96", "-an"],
    "h264.mov": ["-c:v", "libx264", "-c:a", "aac"],
    "pcm.mov": ["-c:v", "mjpeg", "-c:a", "pcm_s16le"],
    "vp8.webm": ["-c:v", "libvpx", "-c:a", "libvorbis"],
    "vp9.webm": ["-c:v", "libvpx-vp9", "-c:a", "libopus"],
    "silent.webm": ["-c:v", "libvpx", "-an"],
    "aac.m4a": ["-vn", "-c:a", "aac"],
    "alac.m4a": ["-vn", "-c:a", "alac"],
    "lame.mp3": ["-vn", "-c:a", "libmp3lame"],
    "lame-vbr.mp3": ["-vn", "-c:a", "libmp3lame", "-q:a", "5"],
    "vorbis.ogg": ["-vn", "-c:a", "libvorbis"],
    "opus.opus": ["-vn", "-c:a", "libopus"],
    "opus.ogg": ["-vn", "-c:a", "libopus"],
    "pcm.wav": ["-vn", "-c:a", "pcm_s16le"],
    "float.wav": ["-vn", "-c:a", "pcm_f32le"],
    "flac.flac": ["-vn", "-c:a", "flac"],
}


def media() -> Iterator[tuple[str, bytes]]:
    """All of them, with what other programs add."""
    with tempfile.TemporaryDirectory() as folder:
        for name, options in FILMS.items():
            path = Path(folder, name)
            tags = [part for tag in TAGS for part in ("-metadata", f"{tag}={mark(tag)}")]
            tags += [
                "-metadata:s:0",
                f"title={mark('track-title')}",
                "-metadata:s:0",
                f"handler_name={mark('handler')}",
            ]
            subprocess.run(["ffmpeg", "-v", "error", "-y", *SOURCE, *options, *tags, path], check=True)
            _add(path)
            yield f"ffmpeg-{name}", path.read_bytes()
    yield from _made_by_hand(folder)


def _add(path: Path) -> None:
    """What taggers add."""
    match path.suffix:
        case ".mp3":
            tags = mutagen.id3.ID3(path)
            tags.add(mutagen.id3.APIC(mime="image/jpeg", type=3, desc=mark("cover"), data=_jpeg()))
            tags.add(mutagen.id3.USLT(text=mark("lyrics")))
            tags.add(mutagen.id3.PRIV(owner=mark("owner"), data=mark("private").encode()))
            tags.save(path, v1=2)
            ape = mutagen.apev2.APEv2()
            ape["Artist"] = mark("ape")
            ape.save(path)
        case ".mp4" | ".mov" | ".m4a" | ".3gp":
            arguments = [f"-Keys:{name}={mark('keys-' + name.lower())}" for name in ("Author", "Software", "Artist")]
            subprocess.run(["exiftool", "-q", "-m", "-overwrite_original", *arguments, path], check=False)
            _append(
                path,
                _box(b"uuid", mark("uuid").encode()),
                _box(b"free", mark("free").encode()),
                _box(b"mdat", mark("mdat").encode()),
            )
        case ".wav":
            content = path.read_bytes()
            chunk = b"bext" + struct.pack("<I", 32) + mark("bext").encode().ljust(32, b"\0")
            path.write_bytes(content[:12] + chunk + content[12:])
        case ".opus":
            sound = mutagen.oggopus.OggOpus(path)
            sound["performer"] = mark("performer")
            sound.save()


def _append(path: Path, *boxes: bytes) -> None:
    path.write_bytes(path.read_bytes() + b"".join(boxes))


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), name) + content


def _jpeg() -> bytes:
    with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
        drawing().save(file.name, "JPEG", comment=mark("cover-comment").encode())
        return Path(file.name).read_bytes()


def _made_by_hand(_folder: str) -> Iterator[tuple[str, bytes]]:
    frame = bytes([0x3C]) + bytes(31)  # silence, as a telephone records it
    yield "telephone.amr", b"#!AMR\n" + frame * 50 + mark("trailer").encode()
