#!/usr/bin/env python3
"""Measures the program on annotated data and writes reports/quality.md, each figure with its command.

usage: python3 tests/quality.py [--shared ../shared] [--check] [--write] [--slow]

Needs a release build (`cargo build --release`) and, for all but our own seeds, the annotated data and scorers of `../shared`.
--check fails when a figure falls under its floor (or over its ceiling) in tests/floors.toml; --write rewrites reports/quality.md.
--slow measures time, memory and planted truths too, minutes of work; without it --write keeps what was measured of them before.
Python 3.11, no packages.
"""
import argparse, glob, json, os, re, subprocess, sys, tempfile, time, tomllib

ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ap.add_argument("--shared", default="../shared")
ap.add_argument("--check", action="store_true")
ap.add_argument("--write", action="store_true")
ap.add_argument("--slow", action="store_true")
args = ap.parse_args()
root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
os.chdir(root)
S = args.shared
TMP = tempfile.mkdtemp(prefix="detente-quality-")
figures = {}          # "section.name" -> number
sections = []         # (title, intro, commands, [(name, figure, note)])


def sh(command):
    """Run a command line as the report shows it; `detente` is the release build, `$T` a scratch folder."""
    real = command.replace("$T", TMP)
    env = dict(os.environ, PATH=os.path.join(root, "target/release") + os.pathsep + os.environ["PATH"])
    done = subprocess.run(["sh", "-c", real], capture_output=True, text=True, env=env)
    if done.returncode not in (0, 3):
        sys.exit(f"quality: `{command}` failed ({done.returncode}):\n{done.stderr[-2000:]}")
    return done.stdout


def section(key, title, commands, parse, intro=""):
    out = ""
    for command in commands:
        out = sh(command)
    add(key, title, commands, parse(out), intro)


def add(key, title, commands, rows, intro=""):
    for name, value, _ in rows:
        figures[f"{key}.{name}"] = value
    sections.append((key, title, intro, commands, rows))


def cost(command):
    """CPU and wall seconds and the greatest resident memory in MB of a command line of the release build."""
    env = dict(os.environ, PATH=os.path.join(root, "target/release") + os.pathsep + os.environ["PATH"])
    began = time.monotonic()
    child = subprocess.Popen(["sh", "-c", "exec " + command.replace("$T", TMP)], stderr=subprocess.DEVNULL, env=env)
    _, status, used = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        sys.exit(f"quality: `{command}` failed ({status})")
    return used.ru_utime + used.ru_stime, time.monotonic() - began, used.ru_maxrss / 1024


def from_json(names):
    return lambda out: [(n, d[n], "") for d in [json.loads(out)] for n in names if d.get(n) is not None]


def score_quotes(_):
    r = json.load(open(os.path.join(TMP, "scores.json")))
    kinds = r["recall by gold kind (exact, overlap, speaker acc, joint recall, n)"]
    rows = [("direct_speaker", kinds["direct"][3], "direct quotations found with the right speaker, %")] if "direct" in kinds else []
    rows += [("long_joint_f1", r["region >=5 words"]["joint F1"], "marked stretches of 5 words or more, found with the right speaker, F1"),
             ("region_joint_f1", r["region all"]["joint F1"], "all marked stretches, found with the right speaker, F1"),
             ("region_f1", r["region all"]["F1"], "all marked stretches, found, F1"),
             ("speech_joint_f1", r["SPEECH span joint"]["F1"], "speech of all kinds, indirect too, F1 with speaker"),
             ("speech_f1", r["SPEECH span overlap>=0.8"]["F1"], "speech of all kinds, found, F1")]
    return rows


def calibration(out):
    d = json.loads(out)
    bins = [(f"bin_{b}_right", round(100 * v["right"], 1), f"% right of {v['n']} quotations with a confidence of {100 * v['confidence']:.1f} % on the average")
            for b, v in d["bins"].items()]
    return [("ece", round(100 * d["ece"], 1), f"points of expected calibration error, {d['quotations']} marked quotations")] + bins


def pattern(*wanted):
    def parse(out):
        return [(name, float(re.search(rx, out).group(1)), note) for name, rx, note in wanted]
    return parse


# Sets of `tests/gold/others`: groups of which nobody has read the errors, and one that is made to be hard. Only of those that did not
# train the statement model is tone a measure.
UNREAD = ("f_", "n_", "u_", "bg_", "bh_", "bi_", "bj_")
TAUGHT = ("bk_", "bl_", "bm_", "bn_", "bo_", "bp_")
FRESH, HARD = ("s_",), ("p_", "q_", "r_")
FOUND = ["found", "speaker", "speaker_leaders", "target_leaders", "target_all", "said", "said_point", "said_unknown", "tone_accuracy", "tone_macro_f1",
         "tone_flipped", "tone_r", "precision_marked", "on_nonquotes", "in_boilerplate", "gold", "predicted"]


def measure_shared():
    g, e = f"{S}/gold", f"{S}/eval"
    section("founding", "The five founding articles", [
        f"detente quotes {S}/seeds --format jsonl > $T/f.jsonl",
        f"python3 {e}/score_articles.py {g}/seeds.jsonl $T/f.jsonl --nonquotes {g}/seeds_nonquotes.jsonl --boilerplate {g}/seeds_boilerplate.jsonl --json"],
        from_json(FOUND))
    if os.path.exists("tests/gold/seeds.jsonl"):
        extra = "".join(f" --{n} tests/gold/seeds_{n}.jsonl" for n in ("nonquotes", "boilerplate") if os.path.exists(f"tests/gold/seeds_{n}.jsonl"))
        docs = ",".join(sorted({json.loads(l)["doc"].split(".txt")[0] for l in open("tests/gold/seeds.jsonl", encoding="utf-8") if l.strip()}))
        section("seeds", "Our own annotated seed articles", [
            "detente quotes seeds --format jsonl > $T/s.jsonl",
            f"python3 {e}/score_articles.py tests/gold/seeds.jsonl $T/s.jsonl --docs {docs}{extra} --json"], from_json(FOUND))
    others = [json.loads(l) for l in open("tests/gold/others/gold.jsonl", encoding="utf-8") if l.strip()]
    sets = {HARD: [], UNREAD: [], TAUGHT: [], FRESH: [], (): []}
    for doc in sorted({g["doc"] for g in others}):
        next(docs for start, docs in sets.items() if not start or doc.startswith(start)).append(doc[:-4])
    for key, title, start in (("others", "Other leaders: {} articles by people who had not seen the rules, read for classes of errors afterwards", ()),
                              ("unread", "Other leaders: {} articles that nobody has read for errors (but for bg_ and bh_, read since)", UNREAD),
                              ("taught", "Other leaders: {} articles that nobody has read for errors, but whose quotations trained the tone", TAUGHT),
                              ("fresh", "Other leaders: {} articles with many ways of naming people and days that nobody has read for errors", FRESH),
                              ("hard", "Other leaders: {} articles full of descriptions, pronouns and told dates, read for classes of errors afterwards", HARD)):
        docs = ",".join(sets[start])
        folders = sorted({os.path.dirname(f) for doc in sets[start] for f in glob.glob(f"tests/gold/others/*/{doc}.txt")})
        leaders = sorted({line.split('"')[1] for f in folders for line in open(f"{f}/actors.toml", encoding="utf-8") if line.startswith("name")})
        section(key, title.format(len(sets[start])), [
            "for d in tests/gold/others/*/; do detente quotes $d --format jsonl --quiet; done > $T/o.jsonl",
            f"python3 {e}/score_articles.py tests/gold/others/gold.jsonl $T/o.jsonl --docs {docs} --nonquotes tests/gold/others/nonquotes.jsonl --leaders '{','.join(leaders)}' --json"],
            from_json([n for n in FOUND if n != "in_boilerplate" and not (n.startswith("tone") and start not in (UNREAD, FRESH))]),
            "Invented leaders; `tests/gold/others/README.md` tells what was right at first sight, and why tone is told of some sets only.")
    for name, title in (("polnear.dev", "PolNeAR, development part (84 political news articles)"), ("wikinews.dev", "Wikinews, development part")):
        section(name.split(".")[0], title, [
            f"detente inspect quotes {g}/quotes/{name}.jsonl > $T/q.jsonl",
            f"python3 {e}/score_quotes.py {g}/quotes/{name}.jsonl $T/q.jsonl --json $T/scores.json"], score_quotes)
    for name, title, gold, source in (("calibration_polnear", "PolNeAR, development part, on which nothing of it was set", f"{g}/quotes/polnear.dev.jsonl", None),
                                      ("calibration_seeds", "our own seed articles, on which rules were made", "tests/gold/seeds.jsonl", "seeds")):
        section(name, f"Confidence of speakers: {title}", [
            f"detente inspect quotes {source or gold} > $T/q.jsonl",
            f"python3 tests/calibration.py {gold} $T/q.jsonl --scorers {e} --json"], calibration)
    section("pronouns", "Pronoun speakers (PolNeAR, 154 hand labels)", [
        f"detente inspect quotes {g}/quotes/polnear.dev.jsonl > $T/q.jsonl",
        f"python3 {e}/score_pronouns.py {g}/quotes/polnear.dev.jsonl $T/q.jsonl"],
        pattern(("right_of_found", r"right of found ([\d.]+)", "% right of those found"), ("right_of_all", r"right of all ([\d.]+)", "% right of all")))
    for name in ("golden_rules_pysbd48", "failure_classes", "seeds", "glued_ewt_weblog", "ewt_weblog"):
        section(f"segment_{name}", f"Sentences: {name}", [
            f"detente inspect sentences {g}/segment/{name}.jsonl > $T/seg.jsonl",
            f"python3 {e}/score_segments.py {g}/segment/{name}.jsonl $T/seg.jsonl --free-newlines --json"], from_json(["F1", "docs_ok", "docs", "tp", "fp", "fn"]))
    section("wikiwars", "Dates: WikiWars (outer timexes)", [
        f"detente inspect times {g}/time/wikiwars-outer.jsonl > $T/t.jsonl",
        f"python3 {e}/score_time.py {g}/time/wikiwars-outer.jsonl $T/t.jsonl"],
        pattern(("value_f1", r"value .*F1 ([\d.]+)", "TempEval-3 value F1"), ("strict_f1", r"strict .*F1 ([\d.]+)", "exact extents, F1")))
    cases = r"timexes right (\d+) of"
    section("expr40", "Dates: 40 expressions", [
        f"detente inspect times {g}/time/expr40.jsonl > $T/t.jsonl",
        f"python3 {e}/score_time_cases.py {g}/time/expr40.jsonl $T/t.jsonl"], pattern(("right", cases, "of 40")))
    section("failures", "Dates: 39 failure classes", [
        f"detente inspect times {g}/time/failures.jsonl > $T/t.jsonl",
        f"detente inspect quotes {g}/time/failures.jsonl > $T/q.jsonl",
        f"python3 {e}/score_time_cases.py {g}/time/failures.jsonl $T/t.jsonl $T/q.jsonl"],
        pattern(("documents", r"documents right (\d+)", "of 39"), ("quotes", r"quotes dated right (\d+)", "of 39")))
    section("events", "When it was said: news events with a known day (MEANTIME)", [
        f"detente inspect quotes {g}/time/meantime-events.jsonl > $T/q.jsonl",
        f"python3 tests/score_events.py {g}/time/meantime-events.jsonl $T/q.jsonl"],
        pattern(("day_right", r"day right ([\d.]+)", "% of the matched speech events whose day lies in a said interval of at most two days"),
                ("matched", r"matched (\d+)", "speech events with a quotation found"),
                ("flat", r"flat ([\d.]+)", "% if all were said on the publication day or the day before")))
    for name in ("rw", "mt"):
        section(f"stance_{name}", f"News sentiment toward a target: NewsMTSC {name}, development part", [
            f"detente inspect stance {g}/tone/newsmtsc_{name}_dev.jsonl > $T/n.jsonl",
            f"python3 {e}/score_stance.py {g}/tone/newsmtsc_{name}_dev.jsonl $T/n.jsonl"],
            pattern(("macro_f1", r"macro-F1 ([\d.]+)", "three classes"), ("accuracy", r"accuracy ([\d.]+)", "")))
    section("signs", "Sign of the tone: 38 adversarial sentences", [
        f"detente inspect tone {g}/tone/failures.jsonl > $T/n.jsonl",
        f"python3 {e}/score_signs.py {g}/tone/failures.jsonl $T/n.jsonl"], pattern(("right", r"right (\d+) of", "of 38")))


def measure_slow():
    """Time, memory and planted truths: nothing that annotated data could tell."""
    generate = [f"python3 tests/synthetic_quotes.py {n} > $T/q{n}.csv" for n in (0, 2000, 200000)]
    for command in generate:
        sh(command)
    trend = "detente trend $T/q{}.csv --quiet --out $T/trend"
    spent = {n: min((cost(trend.format(n)) for _ in range(repeats)), key=lambda c: c[0]) for n, repeats in ((0, 3), (2000, 3), (200000, 2))}
    cpu = {n: spent[n][0] for n in spent}
    rows = [("cpu_2k", round(cpu[2000], 2), "CPU seconds, 2,000 rows"), ("cpu_200k", round(cpu[200000], 2), "CPU seconds, 200,000 rows"),
            ("ratio", round((cpu[200000] - cpu[0]) / (cpu[2000] - cpu[0]), 1), "200,000 against 2,000 rows, the CPU time of an empty file taken off both"),
            ("wall_200k", round(spent[200000][1], 2), f"seconds of wall clock, {os.cpu_count()} cores"), ("mb_200k", round(spent[200000][2]), "greatest resident memory, MB")]
    add("scale", "Trends and their cost: 2,000 and 200,000 rows", generate + [trend.format(n) for n in (0, 2000, 200000)], rows,
        "Series, 400 bootstrap samples, turning points, tables and all pictures from saved rows; the best of three runs (two of the large one).")
    command = "cargo test --quiet --test suite planted -- --nocapture && cargo test --quiet --test suite ramp -- --nocapture"
    out = sh(command)
    rows = [(f"covered_{n}_articles_step_{size}", round(100 * float(share), 1), "% of 200 seeds whose nominal 95 % interval holds the planted day")
            for n, size, share in re.findall(r"(\d+) articles, step ([\d.]+): covered ([\d.]+)", out)]
    rows += [(f"false_alarm_{n}_articles", round(100 * float(share), 1), "% of 200 seeds without a step in which the test at 0.05 fires")
             for n, share in re.findall(r"(\d+) articles, no step: fires ([\d.]+)", out)]
    rows += [("ramp_middle", round(100 * float(share), 1), "% of 200 seeds in which the interval holds the middle of a change over 60 days; reported, not promised")
             for share in re.findall(r"middle held in ([\d.]+)", out)]
    add("planted", "Turning points planted in synthetic series", [command], rows,
        "Interval by inverting the likelihood-ratio test of each date (Hansen 2000; Eo & Morley 2015), scaled over articles; max-statistic permutation test of whole articles.")
    if os.path.exists(f"{S}/eval/make_corpus.py"):
        commands = [f"python3 {S}/eval/make_corpus.py 1000 $T/c.jsonl", "detente analyze $T/c.jsonl --quiet --out $T/c"]
        sh(commands[0])
        spent = cost(commands[1])
        seconds = json.load(open(os.path.join(TMP, "c/run.json")))["seconds"]
        rows = [("report_mb", round(os.path.getsize(os.path.join(TMP, "c/report.html")) / 1e6, 2), "size of report.html, MB"),
                ("report_to_analysis", round(seconds["report"] / seconds["analysis"], 2), "time of the report page with its pictures, as a share of that of the analysis"),
                ("report_seconds", seconds["report"], "wall clock"), ("analysis_seconds", seconds["analysis"], "wall clock"),
                ("rest_seconds", seconds["tables_and_pictures"], "wall clock of echoes, series, framing, tables and pictures"), ("mb", round(spent[2]), "greatest resident memory, MB")]
        add("thousand", "1,000 articles through `analyze`", commands, rows, "Invented articles (5 MB of text); parts as `run.json` records them.")


if not os.path.exists("target/release/detente"):
    sys.exit("quality: expected target/release/detente, found none; run `cargo build --release` first")
if os.path.isdir(S):
    measure_shared()
else:
    sys.exit(f"quality: {S} is not here; nothing measured")

fast = len(sections)
if args.slow:
    measure_slow()

floors = tomllib.load(open("tests/floors.toml", "rb"))
if args.slow:
    for bound in ("least", "most"):
        floors[bound] |= floors[f"slow_{bound}"]
low = [(k, figures.get(k), v, "at least") for k, v in floors["least"].items() if figures.get(k) is None or figures[k] < v]
high = [(k, figures.get(k), v, "at most") for k, v in floors["most"].items() if figures.get(k) is None or figures[k] > v]

SLOW = "<!-- From here on: measured with --slow -->"


def written(sections):
    lines = []
    for key, title, intro, commands, rows in sections:
        lines += [f"## {title}", ""] + ([intro, ""] if intro else []) + ["```sh", *commands, "```", "", "| figure | value | floor | |", "|---|---|---|---|"]
        for name, value, note in rows:
            floor = floors["least"].get(f"{key}.{name}"); top = floors["most"].get(f"{key}.{name}")
            bound = f"≥ {floor}" if floor is not None else f"≤ {top}" if top is not None else ""
            lines.append(f"| {name} | {value} | {bound} | {note} |")
        lines.append("")
    return "\n".join(lines)


if args.write:
    text = "\n".join(["# Measured quality", "",
         "Written by `cargo build --release && python3 tests/quality.py --write`; `$T` is a scratch folder, `detente` the release build, `../shared` the annotated data",
         "that lies beside the project where the team works. The floors are in `tests/floors.toml`; CI fails when a figure falls under one.", ""]) + "\n"
    text += written(sections[:fast])
    if os.path.exists("tests/quality_notes.md"):
        text += open("tests/quality_notes.md", encoding="utf-8").read()
    before = open("reports/quality.md", encoding="utf-8").read() if os.path.exists("reports/quality.md") else ""
    if args.slow:
        text += f"\n{SLOW}\n\nTimes are of the machine that wrote this, with whatever else it was doing. Command: `python3 tests/quality.py --write --slow`.\n\n" + written(sections[fast:])
    elif SLOW in before:
        text += "\n" + before[before.index(SLOW):]
    open("reports/quality.md", "w", encoding="utf-8").write(text.rstrip() + "\n")
print(json.dumps(figures, indent=0))
passed = len(floors["least"]) + len(floors["most"]) - len(low) - len(high)
for k, got, bound, word in low + high:
    print(f"quality: {k}: expected {word} {bound}, found {got}", file=sys.stderr)
print(f"quality: {passed} floors held, {len(low) + len(high)} broken", file=sys.stderr)
if args.check and (low or high):
    sys.exit(1)
