// The page of a file that is being made looks again every three seconds. Without this file it is opened anew by the browser.
(() => {
  "use strict";
  const find = (selector, within = document) => within.querySelector(selector);
  const EVERY = 3000;
  const look = async () => {
    const place = find("#export[data-again]");
    if (!place) return;
    const answer = document.hidden ? null : await fetch(place.dataset.again, { credentials: "same-origin", redirect: "error" }).catch(() => null);
    const found = answer?.ok && find("#export", new DOMParser().parseFromString(await answer.text(), "text/html"));
    if (found && found.dataset.state === place.dataset.state) {
      find("[data-far]", place).replaceWith(find("[data-far]", found)); // whoever stands on the button stays there
    } else if (found) {
      const inside = place.contains(document.activeElement);
      place.replaceWith(found);
      find("[data-told]").textContent = find("[data-label]", found).textContent;
      if (inside) find("a, button", found)?.focus();
    }
    setTimeout(look, EVERY);
  };
  setTimeout(look, EVERY);
})();
