# The one door: `just check` is what CI runs.

check:
    bash .ci/run

# The main job on the sample corpus.
demo:
    cargo run --release -- analyze seeds --out reports

# Rewrite reports/quality.md from the annotated data in ../shared.
quality:
    cargo build --release
    python3 tests/quality.py --write

bench:
    cargo bench
