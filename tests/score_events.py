#!/usr/bin/env python3
"""Scores the day on which quotations were said against news events with a known day (such as gold/time/meantime-events.jsonl).

usage: score_events.py GOLD.jsonl QUOTES.jsonl [--errors]

GOLD rows: id, text, dct (publication day), events: start, end, text (the reporting verb), class, anchor (its day). Only events of class
SPEECH_COGNITIVE with a whole day as anchor count. QUOTES: `detente inspect quotes`. An event matches the nearest quotation with the same
reporting verb, at most 120 characters away; it is right when [said_from, said_to] is at most two days long and holds the true day.
`flat` is how often [publication - 1, publication] would be right on the same events. Python 3, no packages.
"""
import datetime as D, json, sys

REACH = 120


def load(path):
    return {r["id"]: r for r in map(json.loads, filter(str.strip, open(path, encoding="utf-8")))}


def day(value):
    try:
        return D.date.fromisoformat(value) if value else None
    except ValueError:
        return None


def nearest(event, quotes):
    best = None
    for quote in quotes:
        if (quote.get("cue") or "").lower() != event["text"].lower():
            continue
        start = min(quote["start"], quote.get("content_start") or quote["start"])
        end = max(quote["end"], quote.get("content_end") or quote["end"])
        gap = max(0, start - event["end"], event["start"] - end)
        if gap <= REACH and (best is None or gap < best[0]):
            best = (gap, quote)
    return best and best[1]


args = [a for a in sys.argv[1:] if not a.startswith("--")]
gold, found = load(args[0]), load(args[1])
events = matched = right = flat = 0
for key, row in gold.items():
    printed = day(row["dct"])
    for event in row["events"]:
        true = day(event["anchor"])
        if event["class"] != "SPEECH_COGNITIVE" or true is None:
            continue
        events += 1
        quote = nearest(event, found.get(key, {}).get("quotes", []))
        if quote is None:
            continue
        matched += 1
        a, b = day(quote.get("said_from")), day(quote.get("said_to"))
        ok = a is not None and b is not None and a <= true <= b and (b - a).days <= 1
        right += ok
        flat += printed - D.timedelta(1) <= true <= printed
        if not ok and "--errors" in sys.argv:
            near = row["text"][max(0, event["start"] - 100):event["end"] + 60].replace("\n", " // ")
            print(f"- {key}:{event['start']} printed {printed} true {true} found {a}..{b} {quote.get('said_basis')} | {near}")
share = lambda n: round(100 * n / max(1, matched), 1)
print(f"events {events}   matched {matched}   day right {share(right)}   flat {share(flat)}")
