// What every page can do by keyboard and by itself. Every act also works without this file.
(() => {
  "use strict";
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const token = () => find('meta[name="csrf-token"]')?.content ?? "";

  // htmx does not take hx-headers over from <body>; without this line every act would be refused.
  document.addEventListener("htmx:config:request", (event) => {
    const { request, sourceElement } = event.detail.ctx;
    request.headers["X-CSRFToken"] = token();
    if (sourceElement.matches("[data-sought]")) { // what is looked for never stands in an address
      request.headers["X-Sought"] = new URLSearchParams(request.body).toString();
      [...request.body.keys()].forEach((name) => request.body.delete(name));
    }
  });

  // An Enter that ends a kana conversion is no Enter. Safari says 229 after composition has ended.
  const composing = (event) => event.isComposing || event.keyCode === 229;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && composing(event)) event.stopImmediatePropagation();
  }, true);
  const oneLine = (element) => element.matches("input:not([type=submit],[type=button],[type=checkbox],[type=radio])");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || composing(event)) return;
    const form = event.target.form;
    if (form && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    } else if (form?.matches("[data-draft]") && oneLine(event.target)) {
      event.preventDefault();
    }
  });

  // Single keys work only where nobody writes.
  const writing = (element) => element.closest("input, textarea, select, [contenteditable]");
  const rows = () => all("[data-row]").filter((row) => row.offsetParent !== null);
  const step = (by) => {
    const list = rows();
    if (!list.length) return;
    const here = list.indexOf(document.activeElement?.closest?.("[data-row]"));
    const next = list[Math.min(Math.max(here < 0 ? (by > 0 ? 0 : list.length - 1) : here + by, 0), list.length - 1)];
    const stop = find("a[href], button, summary", next) ?? next;
    if (stop === next) next.tabIndex = -1;
    stop.focus();
    next.scrollIntoView({ block: "nearest" });
  };
  const keys = {
    "/": () => find('[data-key="/"]')?.focus(),
    n: () => find('[data-key="n"]')?.click(),
    "?": () => find("#keys")?.showModal(),
    j: () => step(1),
    k: () => step(-1),
  };
  // Whoever speaks to the computer, or whose hand slips, turns the single keys off; this browser remembers it.
  const single = find("#single-keys");
  if (single) {
    single.checked = localStorage.getItem("single-keys") !== "off";
    single.addEventListener("change", () => localStorage.setItem("single-keys", single.checked ? "on" : "off"));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || composing(event)) return;
    if (event.key === "Escape") {
      all("details.bar-post[open]").forEach((menu) => menu.removeAttribute("open"));
      if (writing(event.target)) event.target.blur();
      return;
    }
    const act = keys[event.key];
    if (!act || writing(event.target) || single?.checked === false) return;
    event.preventDefault();
    act();
  });

  // What fits needs no scrolling, and is no stop of the Tab key.
  const fit = () => all(".scroll, .picture").forEach((place) => {
    if (place.scrollWidth > place.clientWidth) place.tabIndex = 0;
    else place.removeAttribute("tabindex");
  });
  fit();
  window.addEventListener("resize", fit);
  document.addEventListener("toggle", fit, true);
  document.fonts.ready.then(fit);

  // The marks in a picture are one stop of the Tab key, the latest first; the arrow keys walk along them.
  all("svg.pic").forEach((picture) => all("a.mark", picture).slice(0, -1).forEach((mark) => { mark.tabIndex = -1; }));
  document.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const mark = by && event.target.closest?.("a.mark");
    if (!mark) return;
    const marks = all("a.mark", mark.closest("svg"));
    const next = marks[marks.indexOf(mark) + by];
    if (!next) return;
    event.preventDefault();
    mark.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });

  // Drafts: two seconds after the first change that is not saved yet, and at once when the page is left. Waiting for
  // a pause would lose everything of somebody who types without one.
  const words = { saving: "保存しています", failed: "保存できません。書いたものはこの画面にあります", saved: "保存しました" };
  const say = (form, state) => {
    const place = find("[data-saving]", form) ?? find("[data-saving]");
    if (!place) return;
    place.dataset.state = state;
    const clock = new Date().toLocaleTimeString("ja-JP", { hour12: false, timeZone: "Asia/Tokyo" });
    const text = find("[data-saving-words]", place) ?? place;
    text.textContent = state === "saved" ? `${clock} ${words.saved}` : words[state];
  };
  const drafts = new WeakMap();
  const save = async (form, leaving = false) => {
    const draft = drafts.get(form);
    if (!draft?.changed || draft.sent || (draft.busy && !leaving)) return;
    draft.changed = false;
    draft.busy = true;
    say(form, "saving");
    let failed = false;
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-CSRFToken": token() },
        credentials: "same-origin",
        keepalive: leaving,
        redirect: "error",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const next = answer.headers.get("X-Draft-Version");
      const version = find('input[name="version"]', form);
      if (next && version) version.value = next;
      say(form, "saved");
    } catch {
      failed = true;
      draft.changed = true;
      say(form, "failed");
    }
    draft.busy = false;
    if (draft.changed) later(form, draft, failed ? 5000 : 2000);
  };
  const later = (form, draft, wait) => {
    draft.timer ??= setTimeout(() => {
      draft.timer = null;
      save(form);
    }, wait);
  };
  const changed = (event) => {
    const form = event.target.form;
    if (!form?.matches("[data-draft]")) return;
    const draft = drafts.get(form) ?? {};
    drafts.set(form, draft);
    draft.changed = true;
    later(form, draft, 2000);
  };
  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") all("form[data-draft]").forEach((form) => save(form, true));
  });
  window.addEventListener("beforeunload", (event) => {
    if (all("form[data-draft]").some((form) => drafts.get(form)?.changed && !drafts.get(form)?.sent)) event.preventDefault();
  });
  document.addEventListener("submit", (event) => {
    const draft = drafts.get(event.target);
    if (draft) draft.sent = true;
    if (event.target.dataset.once === "sent") event.preventDefault();
    else if (event.target.method === "post" && !event.target.hasAttribute("hx-post")) event.target.dataset.once = "sent";
  });
  window.addEventListener("pageshow", () => all("form[data-once]").forEach((form) => {
    delete form.dataset.once;
    const draft = drafts.get(form);
    if (draft) draft.sent = false;
  }));

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) document.getElementById(opener.dataset.open)?.showModal();
    if (event.target.closest("[data-print]")) window.print();
    const menu = find("details.bar-post[open]");
    if (menu && !menu.contains(event.target)) menu.removeAttribute("open");
  });

  // A typed day is read by the server's one reader; the answer stands inside the field.
  let asked;
  document.addEventListener("input", (event) => {
    const box = event.target;
    if (!box.matches("[data-date][data-read]")) return;
    clearTimeout(asked);
    asked = setTimeout(async () => {
      const place = find("[data-reading]", box.parentElement);
      const answer = await fetch(`${box.dataset.read}?text=${encodeURIComponent(box.value)}`).catch(() => null);
      if (place) place.textContent = answer?.ok ? await answer.text() : "";
    }, 300);
  });

  // A table that is long has a page of its own; it is fetched into its place when somebody opens it.
  document.addEventListener("toggle", async (event) => {
    const place = event.target;
    if (!place.open || !place.dataset?.fetch) return;
    const answer = await fetch(place.dataset.fetch, { credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = find("[data-fetched]", page);
    if (found) place.lastElementChild.replaceWith(found);
    delete place.dataset.fetch;
  }, true);

  const focusFirst = () => find("[data-focus]")?.focus();
  document.addEventListener("htmx:after:swap", focusFirst);
  focusFirst();
})();
