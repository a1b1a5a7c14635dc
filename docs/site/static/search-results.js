// Adds to each result of a search what its page is about. Pages opened from a disk cannot be fetched,
// so the descriptions are in descriptions.js.
document.addEventListener("DOMContentLoaded", () => {
  const results = document.getElementById("search-results");
  if (!results || typeof DESCRIPTIONS === "undefined") return;
  const root = new URL(document.documentElement.dataset.content_root, document.location).href;
  const seen = new Set();
  const describe = (item) => {
    const link = item.querySelector("a");
    if (!link || item.dataset.described) return;
    item.dataset.described = "yes";
    const page = link.href.replace(root, "").replace(/\.html.*$/, "");
    item.querySelectorAll(":scope > span").forEach((span) => span.remove());
    // A function is found twice, by its name and by the title of its page.
    if (page.startsWith("docs/functions/") && seen.has(page)) { item.remove(); return; }
    seen.add(page);
    if (!(page in DESCRIPTIONS)) return;
    const line = document.createElement("p");
    line.className = "about";
    line.textContent = DESCRIPTIONS[page];
    item.append(line);
  };
  const all = () => results.querySelectorAll("li").forEach(describe);
  new MutationObserver(all).observe(results, { childList: true, subtree: true });
  all();
});
