// What a page says of itself: language, title, headings, pictures, movement, weight.
() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const levels = all("h1, h2, h3, h4, h5, h6").filter((one) => !one.closest("dialog")).map((one) => Number(one.tagName[1]));
  const jumps = levels.filter((level, index) => index > 0 && level > levels[index - 1] + 1);
  const pictures = all("svg").filter((one) => !one.closest("svg svg") && one.getAttribute("aria-hidden") !== "true");
  const named = (one) => one.getAttribute("aria-label") || one.querySelector(":scope > title")?.textContent;
  const parts = performance.getEntriesByType("resource");
  const sized = (kinds) => parts.filter((one) => kinds.test(new URL(one.name).pathname)).map((one) => [new URL(one.name).pathname.split("/").pop(), one.decodedBodySize]);
  const here = performance.getEntriesByType("navigation")[0];
  return {
    lang: document.documentElement.lang,
    title: document.title,
    h1: levels.filter((level) => level === 1).length,
    levels: jumps.length ? levels : [],
    pictures: pictures.filter((one) => !(/^(img|group)$/.test(one.getAttribute("role") ?? "") && named(one))).map((one) => one.outerHTML.slice(0, 120)),
    untwinned: all("svg.pic").filter((one) => !(one.closest("figure") ?? one.closest(".cols-watch"))?.querySelector("table, details[data-fetch] a")).length,
    days: document.body.textContent.match(/(19|20)\d\d-\d\d-\d\d/g) ?? [],
    tabindex: all("[tabindex]").filter((one) => one.tabIndex > 0).length,
    moving: document.getAnimations().length + all("body *").filter((one) => parseFloat(getComputedStyle(one).transitionDuration) > 0).length,
    html: here.decodedBodySize,
    code: sized(/\.(css|js)$/),
    fonts: sized(/\.woff2$/),
    foreign: parts.map((one) => one.name).filter((one) => !one.startsWith(location.origin + "/") && !one.startsWith("data:")),
  };
}
