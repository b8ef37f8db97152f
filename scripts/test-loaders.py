"""The exports of the sample corpus in other people's loaders: pyarrow, lxml (with the TMX 1.4 element rules), plain Python."""
import csv
import hashlib
import json
import pathlib
import sys

import lxml.etree
import pyarrow.parquet

OUT = pathlib.Path(__file__).parent.parent / "corpus" / "out"
MANIFEST = json.loads((OUT / "manifest.json").read_text())
UNITS = MANIFEST["units"]
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def check(name, got, expected):
    if got != expected:
        sys.exit(f"{name}: {got!r}, expected {expected!r}")
    print(f"{name}: {got!r}")


for file in MANIFEST["files"]:
    data = (OUT / file["name"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == file["sha256"], file["name"]

table = pyarrow.parquet.read_table(OUT / "corpus.parquet")
features = json.loads(table.schema.metadata[b"huggingface"])["info"]["features"]
check("parquet rows", table.num_rows, UNITS)
check("parquet translation feature", features["translation"], {"languages": ["en", "es"], "_type": "Translation"})
pairs = [(t["es"], t["en"]) for t in table.column("translation").to_pylist()]

lines = [json.loads(line) for line in (OUT / "corpus.jsonl").read_text().splitlines()]
check("jsonl records equal parquet", [(r["translation"]["es"], r["translation"]["en"]) for r in lines] == pairs, True)

tmx = lxml.etree.parse(OUT / "corpus.tmx", lxml.etree.XMLParser(load_dtd=False, no_network=True)).getroot()
check("tmx version", tmx.get("version"), "1.4")
header = tmx.find("header")
required = ["creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"]
check("tmx header is complete", [a for a in required if not header.get(a)], [])
units = tmx.findall("body/tu")
check("tmx units", len(units), UNITS)
segments = [{tuv.get(XML_LANG).split("-")[0]: tuv.find("seg").text for tuv in tu.findall("tuv")} for tu in units]
check("tmx texts equal parquet", [(s["es"], s["en"]) for s in segments] == pairs, True)

moses = [(OUT / f"corpus.en-es.{lang}").read_text().split("\n")[:-1] for lang in ("es", "en")]
check("moses lines", [len(side) for side in moses], [UNITS, UNITS])
with open(OUT / "corpus.tsv", newline="", encoding="utf-8") as file:
    rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
check("tsv rows", (len(rows), {len(row) for row in rows}), (UNITS, {2}))
