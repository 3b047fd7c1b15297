"""`kith serve`: the web server, and beside it the background worker."""

import argparse
import logging
import multiprocessing
import socket

from granian.constants import HTTPModes, Interfaces
from granian.server.mp import MPServer

from kith.cli.errors import Failed
from kith.cli.worker_process import WorkerProcess
from kith.config import defaults

logger = logging.getLogger(__name__)

# A request or a job that has not ended this long after the signal is cut off.
PATIENCE_SECONDS = 10


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve = subcommands.add_parser("serve", help="start the web server and the worker")
    serve.add_argument("--host", default=defaults.HOST)
    serve.add_argument("--port", type=int, default=defaults.PORT)
    serve.add_argument("--no-worker", action="store_true", help="jobs are run elsewhere")
    serve.set_defaults(run=run_serve)


def run_serve(options: argparse.Namespace) -> None:
    _check_free(options.host, options.port)
    # A forked child would share database connections and locks with this process.
    multiprocessing.set_start_method("spawn", force=True)
    server = _server(options.host, options.port)
    if defaults.WORKER and not options.no_worker:
        worker = WorkerProcess(patience=PATIENCE_SECONDS)
        server.on_startup(worker.start)
        server.on_shutdown(worker.stop)
    print(f"Kith is at http://{options.host}:{options.port}/ (Ctrl C stops it)", flush=True)
    server.serve()
    print("Kith has stopped.", flush=True)


def _server(host: str, port: int) -> MPServer:
    return MPServer(
        "kith.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        blocking_threads=defaults.THREADS,
        blocking_threads_idle_timeout=600,
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE_SECONDS,
        log_enabled=defaults.DEBUG,
    )


def _check_free(host: str, port: int) -> None:
    """The server itself would share the port with another Kith without a word."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Failed(
                f"{host}:{port} cannot be used ({error.strerror}). Set KITH_PORT to another port."
            ) from error
