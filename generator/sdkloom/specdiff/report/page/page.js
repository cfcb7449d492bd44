"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const findings = all(".finding");
  const groups = all(".group");
  const wasOpen = new Map(groups.map((group) => [group, group.open]));
  let isFiltered = false;
  const form = document.getElementById("filter");

  // What the filter looks through, made when it is first needed.
  const texts = new Map();
  const textOf = (finding) => {
    if (!texts.has(finding)) {
      texts.set(finding, `${finding.querySelector("summary").textContent} ${finding.dataset.search}`.toLowerCase());
    }
    return texts.get(finding);
  };

  const RANKS = ["ok", "look", "breaks"];
  const worst = (finding, columns) =>
    RANKS[Math.max(...columns.map((column) => RANKS.indexOf(finding.dataset[column])))];

  const checked = (name) => all(`input[name=${name}]:checked`, form).map((box) => box.value);

  const apply = () => {
    const words = document.getElementById("query").value.toLowerCase().split(/\s+/).filter(Boolean);
    const columns = checked("column");
    const impacts = new Set(checked("impact"));
    let shown = 0;
    for (const finding of findings) {
      const fits = impacts.has(worst(finding, columns)) && words.every((word) => textOf(finding).includes(word));
      finding.hidden = !fits;
      shown += fits;
    }
    for (const group of groups) {
      const left = all(".finding:not([hidden])", group).length;
      group.hidden = left === 0;
      group.querySelector(".number").textContent = left;
      if (words.length) group.open = left > 0;
      else if (isFiltered) group.open = wasOpen.get(group);
    }
    isFiltered = words.length > 0;
    document.getElementById("count").textContent =
      shown === findings.length ? `${shown} findings` : `${shown} of ${findings.length} findings`;
    document.getElementById("none").hidden = shown > 0;
  };

  const visible = () => findings.filter((finding) => !finding.hidden && finding.closest(".group").open);

  const move = (step) => {
    const shown = new Set(visible());
    const stops = all(".group:not([hidden]), .finding").filter((part) => part.matches(".group") || shown.has(part));
    const here = stops.indexOf(document.activeElement?.closest?.(".finding, .group"));
    const next = here < 0 ? (step > 0 ? 0 : stops.length - 1) : here + step;
    stops[next]?.querySelector("summary").focus();
  };

  // What a link leads to must not be hidden or closed.
  const reveal = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target) return;
    if (target.closest("[hidden]")) form?.reset();
    for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    target.scrollIntoView();
  };

  const written = async (element) => {
    try {
      await navigator.clipboard.writeText(element.textContent);
    } catch {
      // Pages from a disk may be refused the clipboard.
      const range = document.createRange();
      range.selectNodeContents(element);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      if (!document.execCommand("copy")) throw new Error("refused");
    }
  };

  const copy = async (button) => {
    let word = "Copied";
    try {
      await written(document.getElementById(button.dataset.copy));
    } catch {
      word = "Press Ctrl+C";
    }
    button.textContent = word;
    setTimeout(() => (button.textContent = "Copy"), 2000);
  };

  for (const button of all(".copy")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
  addEventListener("hashchange", reveal);

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open])");
    for (const part of opened) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of opened) part.open = false;
  });

  if (form) {
    const toggle = document.getElementById("toggle");
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    toggle.addEventListener("click", () => {
      const open = toggle.textContent === "Open all";
      if (open) for (const group of groups) group.open = true;
      for (const finding of visible()) finding.open = open;
      toggle.textContent = open ? "Close all" : "Open all";
    });
    addEventListener("keydown", (event) => {
      const query = document.getElementById("query");
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target === query) {
        if (event.key === "Escape") {
          query.value = "";
          apply();
          query.blur();
        }
        return;
      }
      if (event.key === "/") query.focus();
      else if (event.key === "j") move(1);
      else if (event.key === "k") move(-1);
      else return;
      event.preventDefault();
    });
    // The browser keeps the boxes of a page that is loaded again.
    apply();
  }
  reveal();
})();
