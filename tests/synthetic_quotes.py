#!/usr/bin/env python3
"""Writes saved quotation rows of two invented leaders, to measure how trends scale.

usage: python3 tests/synthetic_quotes.py N [SEED] > quotes.csv

N rows in about N/3 articles of 40 outlets over 700 days, in bursts; one in four is a copy of a statement that ran elsewhere on the same days, one in ten is known
only to an interval, one in fifty to no date. The tone of each direction turns on a planted day (430 and 470). Words are random. Python 3, no packages; same bytes each time.
"""
import csv, datetime, random, sys

n, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
draw = random.Random(seed)
start = datetime.date(2023, 3, 1)
syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "il", "om", "us")]
words = ["".join(draw.choice(syllables) for _ in range(draw.randint(1, 3))) for _ in range(6000)]
leaders = ["Ada Novak", "Boris Lind"]
short = [name.split()[1] for name in leaders]
turn = [430, 470]
bursts = [draw.uniform(0, 700) for _ in range(40)]
out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow("doc_id outlet published quote_id start end quote kind speaker speaker_role speaker_side target target_side target_person direction said_from said_to "
             "said_granularity tone utterance_id".split())
said = []
for i in range(n):
    doc = i // 3
    if said and draw.random() < 0.25:
        who, day, tone, text = said[-draw.randint(1, min(len(said), 30))]
    else:
        who = draw.randrange(2)
        day = int(draw.gauss(draw.choice(bursts), 6) if draw.random() < 0.6 else draw.uniform(0, 700)) % 700
        level = -0.35 if day < turn[who] else 0.3
        tone = max(-1.0, min(1.0, draw.gauss(level, 0.3)))
        text = " ".join(draw.choice(words) for _ in range(draw.randint(4, 30)))
        said.append((who, day, tone, text))
    first = start + datetime.timedelta(days=day)
    kind = draw.random()
    if kind < 0.02:
        dates = ("", "", "unknown-past")
    elif kind < 0.12:
        dates = (first.isoformat(), (first + datetime.timedelta(days=draw.randint(2, 30))).isoformat(), "interval")
    else:
        dates = (first.isoformat(), first.isoformat(), "day")
    published = first + datetime.timedelta(days=draw.randint(0, 3))
    out.writerow([f"d{doc}", f"Outlet {doc % 40}", published.isoformat(), f"d{doc}#{i % 3 + 1}", 100 * (i % 3), 100 * (i % 3) + len(text), text, "direct", leaders[who], "leader",
                  short[who], leaders[1 - who], short[1 - who], "true", f"{short[who]}>{short[1 - who]}", *dates, f"{tone:.4f}", f"d{doc}#u{i % 3 + 1}"])
