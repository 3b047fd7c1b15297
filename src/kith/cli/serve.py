"""`kith serve`: the web server, and beside it the background worker."""

import argparse
import logging
import os
import socket
from importlib import import_module

from django.urls import get_resolver
from granian.constants import HTTPModes, Interfaces
from granian.server.mp import MPServer

from kith.cli import prepare
from kith.cli.errors import Failed
from kith.cli.parent_watch import stop_with_parent
from kith.cli.worker_process import WorkerProcess
from kith.config import defaults
from kith.core.aside import let_connections_go

logger = logging.getLogger(__name__)

APPLICATION = "kith.config.wsgi:application"
# A request or a job that has not ended this long after the signal is cut off.
PATIENCE_SECONDS = 10


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve = subcommands.add_parser("serve", help="start the web server and the worker")
    serve.add_argument("--host", default=defaults.HOST)
    serve.add_argument("--port", type=int, default=defaults.PORT)
    serve.add_argument("--prepare", action="store_true", help="do what `kith prepare` does first")
    serve.add_argument("--no-worker", action="store_true", help="jobs are run elsewhere")
    serve.set_defaults(run=run_serve)


def run_serve(options: argparse.Namespace) -> None:
    _check_free(options.host, options.port)
    if options.prepare:
        prepare.prepare()
    _get_ready_to_fork()
    server = _server(options.host, options.port)
    if defaults.WORKER and not options.no_worker:
        worker = WorkerProcess(patience=PATIENCE_SECONDS)
        server.on_startup(worker.start)
        server.on_shutdown(worker.stop)
    print(f"Kith is at http://{options.host}:{options.port}/ (Ctrl C stops it)", flush=True)
    server.serve()
    print("Kith has stopped.", flush=True)


def _get_ready_to_fork() -> None:
    """Web processes are forks of this one: what is loaded now need not be loaded by them, and
    what is open now would be shared with them.
    """
    import_module(APPLICATION.partition(":")[0])
    get_resolver().url_patterns  # noqa: B018 - Reading them loads all pages.
    let_connections_go()
    os.register_at_fork(after_in_child=_be_a_child)


def _be_a_child() -> None:
    """Ctrl C is for this process alone, which stops the others in their turn: two signals at
    once can hang a web process. One that outlived a killed server would keep the port.
    """
    os.setpgid(0, 0)
    stop_with_parent(os.getppid(), patience=PATIENCE_SECONDS)


def _server(host: str, port: int) -> MPServer:
    return MPServer(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=max(defaults.PROCESSES, 1),
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
