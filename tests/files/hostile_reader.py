"""Takes the place of the process that reads a file, and misbehaves within its bounds as the file says."""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

spec = spec_from_file_location("real", Path(__file__).parents[2] / "victor" / "files" / "sandbox_process.py")
real = module_from_spec(spec)
spec.loader.exec_module(real)
real._bound_resources(json.loads(sys.argv[3]))
deed = os.read(0, 100).decode()
real._give_up_files()


def tried(act: object) -> str:
    try:
        act()
    except OSError as refusal:
        return type(refusal).__name__
    return "done"


match deed:
    case "abort":
        os.abort()
    case "loop":
        while True:
            pass
    case "sleep":
        time.sleep(60)
    case "fill memory":
        whole = [bytes(100_000_000) for _ in range(100)]
    case "fill output":
        while True:
            os.write(1, bytes(10_000_000))
    case "say nothing":
        os._exit(0)
    case "say nonsense":
        os.write(1, b"[1, 2]\n")
        os._exit(0)
    case "look around":
        opened = tried(lambda: os.open("/etc/hostname", os.O_RDONLY))
        connected = tried(lambda: socket.socket().close())
        about = {"opened": opened, "connected": connected, "environment": sorted(os.environ)}
        os.write(1, json.dumps(about).encode() + b"\n")
        os._exit(0)
