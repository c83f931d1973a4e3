"use strict";
(() => {
  const form = document.getElementById("filter");
  const open = () => {
    // A quotation inside a closed article: open what holds it.
    const at = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!at) return;
    for (let e = at.parentElement; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    at.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", open);
  document.addEventListener("click", (e) => {
    const link = e.target.closest && e.target.closest('a[href^="#"]');
    if (link && link.getAttribute("href") === location.hash) { e.preventDefault(); open(); }
  });
  addEventListener("keydown", (e) => { if (e.key === "Escape" && document.activeElement.classList.contains("hit")) document.activeElement.blur(); });
  open();
  if (!form) return;
  const list = document.getElementById("quotes");
  const rows = Array.from(list.children);
  const count = document.getElementById("count");
  const texts = rows.map((r) => r.textContent.toLowerCase());
  const value = (name) => form.elements[name].value;
  const n = (x) => x.toLocaleString("en");
  const show = () => {
    const [s, o, d, t, from, to] = ["speaker", "outlet", "direction", "tone", "from", "to"].map(value);
    const q = value("words").trim().toLowerCase();
    let shown = 0;
    rows.forEach((r, i) => {
      const x = r.dataset;
      const off = (s && x.s !== s) || (o && x.o !== o) || (d && !(d === "*" ? x.d : x.d === d)) || (t && x.t !== t) ||
        (from && !(x.to && x.to >= from)) || (to && !(x.from && x.from <= to)) || (q && !texts[i].includes(q));
      r.hidden = !!off;
      if (!off) shown++;
    });
    count.textContent = shown === rows.length ? `All ${n(rows.length)} listed quotations` : `${n(shown)} of ${n(rows.length)} listed quotations`;
  };
  const sort = () => {
    const by = value("sort");
    const key = (r) => by === "date" ? 0 : (r.dataset.n === undefined ? Infinity : (by === "hard" ? 1 : -1) * Number(r.dataset.n));
    rows.map((r, i) => [key(r), i, r]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).forEach((x) => list.append(x[2]));
  };
  form.hidden = false;
  form.addEventListener("submit", (e) => e.preventDefault());
  form.addEventListener("input", (e) => { if (e.target.name === "sort") sort(); else show(); });
  form.addEventListener("reset", () => setTimeout(() => { sort(); show(); }));
  show();
})();
