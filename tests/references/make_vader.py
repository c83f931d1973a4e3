#!/usr/bin/env python3
"""Generated stress texts with the scores of the reference implementation of VADER.

    pip install vaderSentiment==3.3.2
    python3 tests/references/make_vader.py > tests/references/vader.jsonl        # what the tests read
    python3 tests/references/make_vader.py --check target/release/detente [--texts 20000] [--seed 7] [FILE.jsonl ...]

The first form writes one JSON array a line: text, neg, neu, pos, compound; the first line says how it was made.
The second scores fresh texts (and the `text` of the rows of any further files) with both programs, with and
without folded curly marks, and tells every difference. Python 3.11 or older: 3.12 sums floats in another way.
"""
import argparse, json, random, re, subprocess, sys, tempfile
from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE, SPECIAL_CASES, SentimentIntensityAnalyzer

PLAIN = """the a an minister president talks border treaty report on in with for and or nor to of at by this that so said asked
meeting person reason season also reasonable button butter kindness notice nobody known noble snow lease leaser atlas city river table
Bogotá Željko Москва 東京 naïve façade straße ΣΊΣΥΦΟΣ ǅungla ⅧⅧ İstanbul 12 3.5% $40 2019-11-02 U.S. co-operation e-mail it's he'd
we'll rock'n'roll can’t isn’t won’t “quoted” ‘single’ — … « » # @name http://a.b/c?d=e&f=!""".split()
SPACES = [" "] * 40 + ["  ", "\t", "\n", "\r\n", "\u00a0", "\u2003", "\u3000", "\u2028", "\x1c", "\x1f", "\x0b", "\x85", "\u200b", "\ufeff"]
MARKS = [""] * 14 + [",", ".", "!", "!!", "!!!!!", "?", "??", "????", "?!", "...", ";", ":", ")", '"', "'", "”", "’", "-", "*"]
OPENING = [""] * 20 + ["(", '"', "'", "“", "‘", "#", "*", "-", "$"]
FRAMES = ["never so {t}", "never this {t}", "so {t}", "this {t}", "not this {t}", "without doubt {t}", "without a doubt {t}", "without any doubt {t}",
          "at least {t}", "very least {t}", "least {t}", "the least {t}", "at the least {t}", "no {t}", "no {p} {t}", "no {p} or {t}", "no {p} nor {t}",
          "no {t} or {t}", "{t} but {t}", "{t}, but {b} {t}", "but {t}", "{t} but", "kind of {t}", "sort of {t}", "just enough {t}", "kind {t}", "of {t}",
          "{n} {b} {t}", "{n} {p} {t}", "{n} {p} {p} {t}", "{b} {b} {b} {t}", "{p} {p} {p} {i}", "{p} {p} {i} {t}", "{i} {t}", "{t} {i}", "{p} {i} {p} {t}",
          "{n} {n} {t}", "{t} {t} {t} {t}", "{b} {p} {b} {t}", "but but {t} but {t}", "{e}{e}", "{p}{e}", "{e}{t}", "{t}{e}{p}", "no no {t}", "no", "{n}"]


def texts(seed, count, analyzer):
    r = random.Random(seed)
    terms = sorted(analyzer.lexicon)
    emoji = sorted(analyzer.emojis)
    pools = {"p": PLAIN, "t": terms, "b": sorted(BOOSTER_DICT), "n": sorted(NEGATE), "i": sorted(SPECIAL_CASES), "e": emoji}

    def word(kind):
        w = r.choice(pools[kind])
        roll = r.random()
        w = w.upper() if roll < 0.09 else w.title() if roll < 0.17 else w.lower() if roll < 0.2 else w
        if kind == "t" and r.random() < 0.06:
            w = w[: len(w) // 2] + "n't"
        if r.random() < 0.05:
            w = w.replace("'", "’")
        return r.choice(OPENING) + w + r.choice(MARKS)

    def frame():
        fill = lambda m: word(m[1]) if r.random() < 0.3 else r.choice(pools[m[1]])
        out = re.sub(r"\{(\w)\}", fill, r.choice(FRAMES))
        return out.upper() if r.random() < 0.06 else out

    fixed = ["", " ", "\n", "!", "?!", "but", "BUT", "no", "NO", ":)", "😀", "😀😀", " 😀", "😀 ", "no 😀", "GOOD", "GOOD GOOD", "GOOD good", "\ufeffgood", "good\u00a0", "a\u0301 good"]
    yield from fixed
    # One value many times on both sides of the contrast: the reference looks values up by equality.
    for n in range(30):
        a, b, c = r.choice(terms), r.choice(terms), r.choice(terms)
        side = lambda: [r.choice([a, a, b, c, "the", "very"]) for _ in range(r.choice([3, 20, 60]))]
        yield " ".join(side() + ["but"] + side())
    for _ in range(count - len(fixed) - 30):
        size = r.choice([1, 2, 3, 4, 6, 8, 12])
        out = ""
        for k in range(size):
            out += (r.choice(SPACES) if k else "") + (frame() if r.random() < 0.4 else word(r.choices("ptbnie", [9, 5, 2, 2, 1, 1])[0]))
        yield out


def straight(text):
    return text.translate({c: "'" if c < 0x201C else '"' for c in range(0x2018, 0x2020)})


def check(program, rows, analyzer):
    wrong = 0
    for curly in (False, True):
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
            for n, text in enumerate(rows):
                f.write(json.dumps({"id": str(n), "text": text}) + "\n")
            f.flush()
            done = subprocess.run([program, "inspect", "valence", f.name] + ["--curly"] * curly, capture_output=True, text=True, check=True)
        got = {g["id"]: g for g in map(json.loads, done.stdout.splitlines())}
        for n, text in enumerate(rows):
            want = analyzer.polarity_scores(straight(text) if curly else text)
            if str(n) not in got or any(abs(got[str(n)][k] - v) > 1e-9 for k, v in want.items()):
                wrong += 1
                print(json.dumps(text), "expected", want, "found", got.get(str(n)))
    print(f"{len(rows)} texts, each plain and with curly marks folded: {wrong} differences")
    return wrong


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--check", metavar="PROGRAM")
    p.add_argument("--texts", type=int, default=4000)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("files", nargs="*")
    a = p.parse_args()
    analyzer = SentimentIntensityAnalyzer()
    rows = list(texts(a.seed, a.texts, analyzer))
    if a.check:
        for name in a.files:
            rows += [json.loads(line)["text"] for line in open(name, encoding="utf-8") if line.strip()]
        sys.exit(check(a.check, rows, analyzer) > 0)
    print(json.dumps({"made_by": "tests/references/make_vader.py", "reference": "vaderSentiment 3.3.2", "python": sys.version.split()[0], "seed": a.seed}))
    for text in rows:
        s = analyzer.polarity_scores(text)
        print(json.dumps([text, s["neg"], s["neu"], s["pos"], s["compound"]], ensure_ascii=False, separators=(",", ":")))


main()
