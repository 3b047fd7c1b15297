"""Makes src/kith/web/static/vendor/ from node_modules: what the pages load, and nothing else.

    python scripts/build_assets.py

Tabler is cut down to the rules whose names occur in our templates and code; the icons used are put
into one sprite (an unknown name stops the build); styles and scripts are bundled to one file each,
so that a first visit needs few requests. The same input makes the same files.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
SOURCE = ROOT / "src" / "kith"
OUT = SOURCE / "web" / "static" / "vendor"
FONT = MODULES / "@fontsource-variable" / "inter"
ICONS = MODULES / "@tabler" / "icons" / "icons"
COPIED = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "tom-select/dist/js/tom-select.base.min.js": "tom-select.min.js",
    "tom-select/dist/css/tom-select.min.css": "tom-select.min.css",
}
SOURCE_MAP = re.compile(r"//# sourceMappingURL=\S+|/\*# sourceMappingURL=.*?\*/")
# {% icon "name" %}, icon="name", icon: str = "name", {"icon": "name"}, icon("name")
USE = re.compile(r"""(?<![.\w])icon\b["']?[\s:=(]{1,3}(?:str\s*=\s*)?["']([a-z0-9-]+)["']""")


def main() -> int:
    if not MODULES.is_dir():
        print("node_modules is missing: run `npm ci` first.", file=sys.stderr)
        return 1
    OUT.mkdir(parents=True, exist_ok=True)
    for source, target in COPIED.items():
        # The maps of the sources are not copied, so nothing may point to them.
        text = (MODULES / source).read_text(encoding="utf-8")
        (OUT / target).write_text(SOURCE_MAP.sub("", text), encoding="utf-8")
    unknown = sprite(used_icons())
    if unknown:
        print(f"No such Tabler icon: {', '.join(unknown)}.", file=sys.stderr)
        return 1
    fonts()
    tabler()
    bundle()
    return 0


def sources(*endings: str) -> list[Path]:
    files = (p for ending in endings for p in sorted(SOURCE.rglob(f"*.{ending}")))
    return [p for p in files if "vendor" not in p.parts and "tests" not in p.parts]


def used_icons() -> list[str]:
    found: set[str] = set()
    for path in sources("html", "py", "js"):
        text = path.read_text(encoding="utf-8")
        found.update(USE.findall(text))
    return sorted(found)


def sprite(names: list[str]) -> list[str]:
    """Writes icons.svg; answers the names that Tabler does not have."""
    symbols, unknown = [], []
    for name in names:
        filled = name.endswith("-filled")
        folder = "filled" if filled else "outline"
        path = ICONS / folder / f"{name.removesuffix('-filled')}.svg"
        if not path.exists():
            unknown.append(name)
            continue
        inside = re.search(r"<svg[^>]*>(.*)</svg>", path.read_text(encoding="utf-8"), re.DOTALL)
        shapes = re.sub(
            r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>',
            "",
            inside[1] if inside else "",
        )
        paint = ' fill="currentColor" stroke="none"' if filled else ""
        shapes = re.sub(r"\s+", " ", shapes).strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24"{paint}>{shapes}</symbol>')
    lines = ['<svg xmlns="http://www.w3.org/2000/svg">', *symbols, "</svg>\n"]
    (OUT / "icons.svg").write_text("\n".join(lines), encoding="utf-8")
    return unknown


def fonts() -> None:
    """Copies the subsets; a browser fetches only those whose characters a page shows."""
    css = (FONT / "wght.css").read_text(encoding="utf-8")
    for name in re.findall(r"files/([\w-]+\.woff2)", css):
        shutil.copyfile(FONT / "files" / name, OUT / name)
    (OUT / "fonts.css").write_text(css.replace("./files/", "./"), encoding="utf-8")


def tabler() -> None:
    content = [f"{SOURCE}/**/*.html", f"{SOURCE}/**/*.py", f"{SOURCE}/*/static/*/**/*.js"]
    run(
        "purgecss",
        "--css", str(MODULES / "@tabler/core/dist/css/tabler.min.css"),
        "--content", *content,
        "--safelist", "html", "body", "data-bs-theme",
        "--output", str(OUT / "tabler.css"),
    )  # fmt: skip


def bundle() -> None:
    shared = [
        "--bundle",
        "--minify",
        "--log-level=warning",
        # These have light-dark() and nesting, which are then left as they are.
        "--target=es2022,chrome123,firefox120,safari17.5",
    ]
    web = SOURCE / "web" / "static" / "web"
    run("esbuild", str(web / "kith.js"), *shared, "--format=esm", f"--outfile={OUT / 'kith.js'}")
    shared.append("--external:*.woff2")
    run("esbuild", str(web / "kith.css"), *shared, f"--outfile={OUT / 'kith.css'}")
    for name in ("tabler.css", "fonts.css"):
        (OUT / name).unlink()


def run(program: str, *arguments: str) -> None:
    subprocess.run([str(MODULES / ".bin" / program), *arguments], check=True, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
