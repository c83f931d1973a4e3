//! The report page in a real browser, driven headless; passes without a look where no Chromium is installed.
#![allow(missing_docs)]

#[path = "suite/html.rs"]
#[allow(dead_code)]
mod html;

use detente::report::html::{Limits, Picture, Place};
use std::path::{Path, PathBuf};
use std::process::Command;

fn browser() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let dirs: Vec<PathBuf> = std::env::split_paths(&path).collect();
    ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| dirs.iter().map(|d| d.join(name)).find(|p| p.is_file()))
}

/// The page's elements after its script ran, and what the browser logged.
fn open(browser: &Path, folder: &Path, page: &str, size: &str, anchor: &str) -> (String, String) {
    let file = folder.join("report.html");
    std::fs::write(&file, page).expect("a page in a temporary folder");
    let out = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-extensions", "--no-first-run"])
        .args(["--enable-logging=stderr", "--virtual-time-budget=4000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .arg(format!("--window-size={size}"))
        .arg(format!("file://{}{anchor}", file.display()))
        .output()
        .expect("the browser starts");
    (String::from_utf8_lossy(&out.stdout).into_owned(), String::from_utf8_lossy(&out.stderr).into_owned())
}

const HOSTILE: &str = "“<script>window.hacked = 1</script> & \"x\" 😀 שלום עליכם” said Novak. <img src=x onerror=\"window.hacked = 1\">";

fn sample() -> String {
    let one = "<script>window.hacked = 1</script> & \"x\" 😀 שלום עליכם";
    let parts = vec![
        html::article(
            "a.txt",
            "Gazette",
            "“We welcome the talks with open arms,” Novak said. “Lies and more lies.”",
            &[("We welcome the talks with open arms,", "Ada Novak", Some(0.7)), ("Lies and more lies.", "Boris Lind", Some(-0.8))],
        ),
        html::article("b.txt", "Post", "“We welcome the talks,” she said.", &[("We welcome the talks,", "Ada Novak", Some(0.5))]),
        html::article("c.txt", "Post", HOSTILE, &[(one, "Ada Novak", None)]),
    ];
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><rect width='40' height='20'/></svg>".to_vec();
    html::page(parts, &[Picture { place: Place::Trend, alt: "a picture".into(), wide: svg, narrow: None }], Limits::default())
}

/// What a reader does, one step a line of the answer. Runs beside the page's own script in a copy whose policy lets it.
const PROBE: &str = r##"<script>
addEventListener("load", () => setTimeout(() => {
  const f = document.getElementById("filter"), out = [];
  const count = () => document.getElementById("count").textContent + " / " + document.querySelectorAll("#quotes > li:not([hidden])").length;
  const set = (name, value) => { f.elements[name].value = value; f.elements[name].dispatchEvent(new Event("input", { bubbles: true })); };
  out.push("shown " + !f.hidden);
  for (const [name, value] of [["tone", "cordial"], ["outlet", "Post"]]) { set(name, value); out.push(name + ": " + count()); }
  set("tone", ""); set("outlet", "");
  set("speaker", "Boris Lind"); out.push("speaker: " + count()); set("speaker", "");
  set("direction", "Novak>Lind"); out.push("direction: " + count()); set("direction", "");
  set("from", "2025-03-02"); out.push("from: " + count()); set("from", "2025-02-01"); out.push("from: " + count()); set("from", "");
  set("words", "LIES"); out.push("words: " + count()); set("words", "");
  set("sort", "hard"); out.push("first: " + document.querySelector("#quotes > li blockquote").textContent);
  out.push("hacked " + window.hacked + ", scripts " + document.scripts.length + ", foreign images " + document.querySelectorAll("img:not([src^='data:'])").length);
  out.push("requests " + performance.getEntriesByType("resource").filter((r) => !r.name.startsWith("data:")).length);
  out.push("pictures " + Array.from(document.images).every((i) => i.complete && i.naturalWidth > 0));
  out.push("wide " + (document.documentElement.scrollWidth > innerWidth));
  out.push("open " + document.getElementById("a1q2").closest("details").open);
  document.title = "probe";
  const pre = document.createElement("pre"); pre.id = "probe"; pre.textContent = out.join("\n"); document.body.append(pre);
}, 50));
</script></body>"##;

#[test]
fn the_page_works_in_a_browser() {
    let Some(browser) = browser() else {
        eprintln!("no Chromium on this machine: the page was not opened");
        return;
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let page = sample();
    let (dom, log) = open(&browser, folder.path(), &page, "1280,900", "");
    if dom.is_empty() && !log.contains("CONSOLE") {
        eprintln!("the browser does not start here: {}", log.lines().next().unwrap_or_default());
        return;
    }
    assert!(dom.contains("All 4 listed quotations"), "the page's own script runs under its policy");
    let console: Vec<&str> = log.lines().filter(|l| l.contains("CONSOLE")).collect();
    assert!(console.is_empty(), "{console:?}");

    let from = page.find("script-src ").expect("a policy");
    let to = from + page[from..].find(';').expect("its end");
    let probed = format!("{}script-src 'unsafe-inline'{}", &page[..from], &page[to..]).replace("</body>", PROBE);
    for size in ["1280,900", "500,900"] {
        let (dom, log) = open(&browser, folder.path(), &probed, size, "#a1q2");
        let begin = dom.find("<pre id=\"probe\">").unwrap_or_else(|| panic!("no answer: {log}")) + 16;
        let said: Vec<&str> = dom[begin..begin + dom[begin..].find("</pre>").expect("closed")].lines().collect();
        assert_eq!(
            said,
            [
                "shown true",
                "tone: 2 of 4 listed quotations / 2",
                "outlet: 1 of 4 listed quotations / 1",
                "speaker: 1 of 4 listed quotations / 1",
                "direction: 3 of 4 listed quotations / 3",
                "from: 0 of 4 listed quotations / 0",
                "from: All 4 listed quotations / 4",
                "words: 1 of 4 listed quotations / 1",
                "first: “Lies and more lies.”",
                "hacked undefined, scripts 2, foreign images 0",
                "requests 0",
                "pictures true",
                "wide false",
                "open true",
            ],
            "at {size}"
        );
        assert!(dom.contains("&lt;script&gt;window.hacked = 1&lt;/script&gt; &amp; \"x\" 😀 שלום עליכם"), "hostile text is shown as text");
    }
}
