// How long the session still lives: a warning two minutes before, and after it the sign-in, which leads back here.
// Without this file the next request leads there, and what was sent is kept as a draft.
(() => {
  "use strict";
  const find = (selector) => document.querySelector(selector);
  const token = () => find('meta[name="csrf-token"]')?.content ?? "";
  const WARN = 120;
  const here = () => location.pathname + location.search;
  const place = find("#session");
  if (!place) return;
  const words = find("[data-session-words]");
  const main = find("main");
  let timer;
  let dirty = false;

  // The same field as before, when one comes back from the sign-in. Only its name is remembered, never its text.
  document.addEventListener("focusin", (event) => {
    if (event.target.name && event.target.form) sessionStorage.setItem("field", `${location.pathname} ${event.target.name}`);
  });
  const [path, name] = (sessionStorage.getItem("field") ?? "").split(" ");
  if (name && path === location.pathname && /\/(sign-in|posts|account)\//.test(document.referrer)) {
    const field = document.getElementsByName(name)[0];
    field?.focus();
    field?.scrollIntoView({ block: "center" });
  }
  document.addEventListener("input", (event) => {
    if (event.target.form && !event.target.form.matches("[data-draft], [role=search]")) dirty = true;
  });
  document.addEventListener("submit", () => { dirty = false; });

  const left = async (address, method) => {
    const answer = await fetch(address, { method, headers: { "X-CSRFToken": token() }, credentials: "same-origin" }).catch(() => null);
    return answer?.ok ? (await answer.json()).left : null;
  };
  // An hour at most: a timer of more than 31 bits strikes at once.
  const again = (seconds) => { clearTimeout(timer); timer = setTimeout(look, Math.min(Math.max(seconds, 1), 3600) * 1000); };
  const show = (text, closed) => {
    place.hidden = false;
    place.classList.toggle("notice-late", closed);
    words.textContent = text;
    find("[data-session-keep]").hidden = closed;
    find("[data-session-in]").hidden = !closed;
  };
  const close = () => {
    const address = `/sign-in/?next=${encodeURIComponent(here())}`;
    if (!dirty) { location.assign(address); return; }
    // What was typed stays in this page, out of sight, until its person is back.
    main.hidden = true;
    find("[data-session-in]").href = address;
    show("安全のために閉じました。書いたものは、この画面に残っています。別の画面でサインインすると、続きを書けます。", true);
    again(10);
  };
  const look = async () => {
    const seconds = await left("/session/", "GET");
    if (seconds === null) { again(30); return; }
    if (seconds <= 0) { close(); return; }
    if (main.hidden) { main.hidden = false; place.hidden = true; }
    if (seconds > WARN) { place.hidden = true; again(seconds - WARN); return; }
    show(`あと${seconds > 60 ? "2分" : "1分"}で、安全のために閉じます。書いたものは残ります。`, false);
    again(seconds > 60 ? seconds - 60 : seconds + 1);
  };
  find("[data-session-keep]").addEventListener("click", async () => {
    const seconds = await left("/session/kept/", "POST");
    if (seconds) { place.hidden = true; again(seconds - WARN); } else { look(); }
  });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") look(); });
  again(20);
})();
