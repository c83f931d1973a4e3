//! Case files `tests/cases/<stage>/en.txt`: blocks of `# title`, optional `@key value` lines, the text,
//! `---`, expectations in words, `===`. One runner reports all failures of a file.

use std::fmt::Write;
use std::path::PathBuf;

/// One block.
#[derive(Debug, Default, Clone)]
pub struct Case {
    /// The title line, without `# `.
    pub title: String,
    /// Line of the title, from 1.
    pub line: usize,
    /// `@key value` lines, such as `@published 2025-11-12`.
    pub settings: Vec<(String, String)>,
    /// The text, without its last line break.
    pub text: String,
    /// Expectation lines, blank ones dropped.
    pub expected: Vec<String>,
}

impl Case {
    /// A setting's value.
    pub fn setting(&self, key: &str) -> Option<&str> {
        self.settings.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }
}

/// All blocks of a stage's file.
pub fn load(stage: &str) -> Vec<Case> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(stage).join("en.txt");
    let source = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut cases = Vec::new();
    let mut case: Option<Case> = None;
    let mut body: Vec<&str> = Vec::new();
    let mut expecting = false;
    for (n, line) in source.lines().enumerate() {
        match (&mut case, line) {
            (None, l) if l.starts_with("# ") => {
                case = Some(Case { title: l[2..].to_owned(), line: n + 1, ..Case::default() });
                body.clear();
                expecting = false;
            }
            (None, l) => {
                assert!(l.trim().is_empty() || l.starts_with("##"), "{}:{}: expected a title line `# …`, found `{l}`", path.display(), n + 1)
            }
            (Some(c), l) if !expecting && body.is_empty() && l.starts_with('@') => {
                let (key, value) = l[1..].split_once(' ').unwrap_or((&l[1..], ""));
                c.settings.push((key.to_owned(), value.to_owned()));
            }
            (Some(c), "---") if !expecting => {
                c.text = body.join("\n");
                expecting = true;
            }
            (Some(_), "===") => cases.extend(case.take()),
            (Some(c), l) if expecting => {
                if !l.trim().is_empty() {
                    c.expected.push(l.to_owned());
                }
            }
            (Some(_), l) => body.push(l),
        }
    }
    assert!(case.is_none(), "{}: the last case has no `===`", path.display());
    assert!(!cases.is_empty(), "{}: expected at least one case", path.display());
    cases
}

/// Run `actual` on every case of `stage` and compare its lines with the expected ones; report all that differ.
pub fn check(stage: &str, actual: impl Fn(&Case) -> Vec<String>) {
    let mut report = String::new();
    let cases = load(stage);
    let mut failed = 0;
    for case in &cases {
        let found = actual(case);
        if found != case.expected {
            failed += 1;
            let _ = writeln!(report, "\n{stage}/en.txt:{}: {}\n  text     {:?}", case.line, case.title, case.text);
            for line in &case.expected {
                let _ = writeln!(report, "  expected {line}");
            }
            for line in &found {
                let _ = writeln!(report, "  found    {line}");
            }
        }
    }
    assert!(failed == 0, "{failed} of {} cases of {stage} failed:{report}", cases.len());
}
