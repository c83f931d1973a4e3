#!/usr/bin/env python3
"""Says whether the confidence of speakers holds: of quotations with confidence 0.9, about 90 % should have the right speaker.

usage: calibration.py GOLD.jsonl QUOTES.jsonl [--scorers ../shared/eval] [--by FIELD] [--errors] [--json]

GOLD: articles with their quotations (gold/quotes/polnear.dev.jsonl) or one quotation a row (tests/gold/seeds.jsonl). QUOTES: `detente inspect
quotes`. Only quotations in marks for which a speaker is named count, and only those of which four fifths of the letters lie in one annotated
quotation: what is no quotation at all is another question. Right is the right person: the annotated full name where there is one, else the
annotated words or their last name, as `score_quotes.py` and `score_articles.py` of the scorers compare them. Bins are a tenth wide. `ece` is the
expected calibration error (Naeini, Cooper and Hauskrecht 2015): the gap between mean confidence and share right, averaged over the quotations.
--by counts by a column of QUOTES (such as attribution) instead of bins. Python 3, no packages.
"""
import argparse, collections, json, os, sys

ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ap.add_argument("gold"); ap.add_argument("quotes")
ap.add_argument("--scorers", default="../shared/eval")
ap.add_argument("--by"); ap.add_argument("--errors", action="store_true"); ap.add_argument("--json", action="store_true")
args = ap.parse_args()
if not os.path.exists(f"{args.scorers}/score_quotes.py"):
    sys.exit(f"calibration: expected score_quotes.py in {args.scorers}, found none")
sys.path.insert(0, args.scorers)
from score_articles import same_person, stem
from score_quotes import same_name, speaker_ok


def load(path):
    return [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]


def annotated():
    """Quotations by article; of single rows those that need not be found are left out."""
    out = collections.defaultdict(list)
    for row in load(args.gold):
        if "quotes" in row:
            out[stem(row["id"])] += row["quotes"]
        elif not row.get("optional"):
            out[stem(row["doc"])].append(row)
    return out


def right(gold, quote):
    if "doc" in gold:
        return any(same_person(name, quote["speaker"]) for name in [gold["speaker"], *gold.get("speaker_accept", [])])
    if gold.get("canonical"):
        return same_name(gold["canonical"], quote["speaker"])
    return bool(gold.get("speaker")) and speaker_ok(gold, quote)


def owner(quote, golds):
    """The annotated quotation in which four fifths of it lie."""
    def inside(gold):
        return sum(max(0, min(end, quote["end"]) - max(start, quote["start"])) for start, end in gold.get("parts") or [[gold["start"], gold["end"]]])
    best = max(golds, key=inside, default=None)
    return best if best and inside(best) >= 0.8 * (quote["end"] - quote["start"]) else None


golds = annotated()
counted = []   # (confidence, right, quotation)
nameless = 0
for article in load(args.quotes):
    for quote in article["quotes"]:
        gold = quote["kind"] != "indirect" and owner(quote, golds[stem(article["id"])])
        if not gold:
            continue
        if not quote["speaker"]:
            nameless += 1
            continue
        ok = right(gold, quote)
        counted.append((quote["speaker_confidence"], ok, quote))
        if args.errors and not ok:
            wanted = gold.get("canonical") or gold.get("speaker")
            print(f"- {quote['speaker_confidence']:.2f} {quote['attribution']} {article['id']}:{quote['start']} {quote['text'][:50]!r} want {wanted} got {quote['speaker']} ({quote['speaker_mention']})")


def row(group):
    n = len(group)
    return {"n": n, "confidence": round(sum(c for c, _, _ in group) / n, 3), "right": round(sum(ok for _, ok, _ in group) / n, 3)}


def grouped(key):
    out = collections.defaultdict(list)
    for entry in counted:
        out[key(entry)].append(entry)
    return {name: row(out[name]) for name in sorted(out)}


bins = grouped(lambda e: f"{min(9, int(e[0] * 10 + 1e-6)) / 10:.1f}")
total = len(counted)
ece = round(sum(b["n"] * abs(b["confidence"] - b["right"]) for b in bins.values()) / max(1, total), 4)
shown = grouped(lambda e: str(e[2].get(args.by))) if args.by else bins
if args.json:
    print(json.dumps({"quotations": total, "without_speaker": nameless, "right": row(counted)["right"] if counted else None, "ece": ece, "bins": shown}))
else:
    for name, b in shown.items():
        print(f"{name:16} n {b['n']:4}  confidence {b['confidence']:.3f}  right {b['right']:.3f}")
    print(f"quotations {total}  without speaker {nameless}  ece {ece:.4f}")
