"""`kith doctor`: what is wrong with this installation, and how to mend it."""

import argparse
import json
from dataclasses import asdict

from kith.cli.errors import Failed
from kith.config.health import Finding, findings

SIGNS = {"ok": "ok  ", "warning": "!   ", "wrong": "!!! "}


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    doctor = subcommands.add_parser("doctor", help="say what is wrong and how to mend it")
    doctor.add_argument("--json", action="store_true", help="for programs")
    doctor.set_defaults(run=run_doctor)


def run_doctor(options: argparse.Namespace) -> None:
    found = list(findings())
    if options.json:
        print(json.dumps([asdict(finding) for finding in found], indent=2))
    else:
        print("\n".join(_line(finding) for finding in found))
    if any(finding.state == "wrong" for finding in found):
        raise Failed("Something is wrong; see above.")


def _line(finding: Finding) -> str:
    mend = f"\n      {finding.mend}" if finding.mend else ""
    return f"{SIGNS[finding.state]}{finding.what}{mend}"
