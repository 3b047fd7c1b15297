"""The process that runs typst. Started by `typesetting.py`; one request, then it ends.

The request comes as JSON on standard input: {"template", "data", "check", "form", "ppi", "fonts",
"to"}; the pages are written to `to`, the answer is {"missing": "…"}. The template is handed its
data as an input, so that nothing in it is ever read as markup.
"""

import json
import os
import re
import resource
import signal
import sys
from pathlib import Path
from typing import Any, Literal

import typst

SECONDS = 90
MEMORY_BYTES = 6_000_000_000
"""Of addresses: fonts are mapped, and a machine may have many."""
DATA_BYTES = 2_000_000_000
"""Of what is the process's own."""
THREADS = "RAYON_NUM_THREADS"
"""typst takes as many as there are cores, which the server needs for others."""
ARCHIVAL: Literal["a-2b"] = "a-2b"
"""This standard demands that every character is drawn: its complaints name those that aren't."""
COMPLAINT = re.compile(r'the text `"(.*?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def main() -> None:
    request = json.load(sys.stdin)
    confine()
    os.environ[THREADS] = "1"
    fonts = typst.Fonts(font_paths=request["fonts"])
    print(json.dumps({"missing": made(request, fonts)}))


def confine() -> None:
    """Sets what the operating system enforces. The parent watches the clock."""
    signal.setitimer(signal.ITIMER_REAL, SECONDS + 20)  # In case the parent is gone.
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_DATA, DATA_BYTES),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 256 << 20),
        (resource.RLIMIT_CORE, 0),
    ):
        ceiling = resource.getrlimit(kind)[1]
        value = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
        resource.setrlimit(kind, (value, value))


def made(request: dict[str, Any], fonts: typst.Fonts) -> str:
    """Writes the pages; gives the characters that no font has."""
    template = request["template"].encode()
    missing = ""
    if request["check"]:
        _pdf, missing = printed(template, request["check"], fonts)
    if request["form"] == "pdf":
        content, lacking = printed(template, request["data"], fonts)
        missing += "".join(each for each in lacking if each not in missing)
    else:
        content = drawn(template, request["data"], fonts, request["ppi"])
    Path(request["to"]).write_bytes(content)
    return missing


def printed(template: bytes, data: str, fonts: typst.Fonts) -> tuple[bytes, str]:
    compiler = typst.Compiler(template, font_paths=fonts, sys_inputs={"data": data})
    try:
        return whole(compiler.compile(template, pdf_standards=ARCHIVAL, pdf_tags=False)), ""
    except typst.TypstError as error:
        found = lacking(error.diagnostic)
        if not found:
            raise
    return whole(compiler.compile(template, format="pdf", pdf_tags=False)), found


def drawn(template: bytes, data: str, fonts: typst.Fonts, ppi: int) -> bytes:
    compiler = typst.Compiler(template, font_paths=fonts, sys_inputs={"data": data})
    return whole(compiler.compile(template, format="png", ppi=ppi))


def lacking(diagnostic: str) -> str:
    texts = (ESCAPED.sub(unescaped, text) for text in COMPLAINT.findall(diagnostic))
    return "".join(dict.fromkeys("".join(texts)))


def unescaped(code: "re.Match[str]") -> str:
    return chr(int(code[1], 16))


def whole(made: Any) -> bytes:
    """A document of several pages gives a list of pictures."""
    content: bytes = made[0] if isinstance(made, list) else made
    return content


if __name__ == "__main__":
    main()
