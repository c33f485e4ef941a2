// What a sighted person with a narrow window would trip over; measured inside the page, at the width that it has now.
async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));  // the page has answered to its new width
  const view = document.documentElement.clientWidth;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const drawn = (one) => {
    const box = one.getBoundingClientRect();
    const there = one.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true });
    return there && box.width > 0 && box.height > 0 && !one.closest(".unseen, .skip");
  };
  const scrolls = (one) => /auto|scroll/.test(getComputedStyle(one).overflowX);
  const scroller = (one) => { for (let up = one.parentElement; up && up !== document.body; up = up.parentElement) if (scrolls(up)) return up; return null; };
  const told = (one) => {
    const mark = one.id ? `#${one.id}` : typeof one.className === "string" && one.className ? `.${one.className.trim().replace(/\s+/g, ".")}` : "";
    return `${one.tagName.toLowerCase()}${mark} 「${(one.textContent || one.getAttribute("aria-label") || one.name || "").trim().replace(/\s+/g, " ").slice(0, 24)}」`;
  };
  const own = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  const controls = all("a[href], button, input:not([type=hidden]), select, textarea, summary").filter(drawn);
  const leaves = all("body *").filter((one) => !one.closest("svg") && drawn(one) && (own(one) || one.matches("input, select, textarea, img")));

  const beyond = leaves.filter((one) => {
    if (scroller(one)) return false;
    const box = one.getBoundingClientRect();
    return box.right > view + 1 || box.left < -1;
  }).map(told);
  // A text that is cut: by its own box, by a height that does not grow, or by an edge of a box that hides.
  const clipped = all("body *").filter((one) => {
    if (one.closest("svg") || !drawn(one) || one.matches("input, select, textarea")) return false;
    const style = getComputedStyle(one);
    if (!/hidden|clip/.test(style.overflowX + style.overflowY) || style.clipPath !== "none") return false;
    return one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
  }).map(told);
  // Words that reach out of the button, badge or tag around them.
  const bursting = all(".button, .tag, .badge, .ground, .choice, .tick, th, td, dt, dd").filter((one) => drawn(one) && !scrolls(one) && one.scrollWidth > one.clientWidth + 2 && getComputedStyle(one).display !== "inline").map(told);
  const regions = all("body *").filter((one) => drawn(one) && scrolls(one) && one.scrollWidth > one.clientWidth + 1 && !one.matches("input, textarea, select"))
    .filter((one) => !(one.tabIndex >= 0 && one.getAttribute("role") && (one.getAttribute("aria-label") || one.getAttribute("aria-labelledby")))).map(told);

  const pieces = controls.filter((one) => !one.closest("svg, .foot-bar") && getComputedStyle(one).opacity !== "0").map((one) => [one, [...one.getClientRects()]]);
  const overlaps = [];
  pieces.forEach(([one, mine], index) => pieces.slice(index + 1).forEach(([other, its]) => {
    if (one.contains(other) || other.contains(one) || scroller(one) !== scroller(other)) return;
    const over = (box) => its.some((that) => Math.min(box.right, that.right) - Math.max(box.left, that.left) > 2 && Math.min(box.bottom, that.bottom) - Math.max(box.top, that.top) > 4);
    if (mine.some(over)) overlaps.push(`${told(one)} × ${told(other)}`);
  }));
  const lines = leaves.filter((one) => !one.matches("input, select, textarea, option")).map((one) => {
    const range = document.createRange();
    const text = [...one.childNodes].find((node) => node.nodeType === 3 && node.textContent.trim());
    if (!text) return null;
    range.selectNodeContents(text);
    return [one, range.getBoundingClientRect()];
  }).filter(Boolean);
  const columns = lines.filter(([one, box]) => box.width > 0 && box.height > 3 * 24 && box.width < 24 && one.textContent.trim().length > 3).map(([one]) => told(one));

  // The order of the Tab key against the order on the screen: within one column nothing may jump up.
  const stops = controls.filter((one) => one.tabIndex >= 0 && !one.closest("svg, .scroll, .bar-post[open] .menu") && !(one.type === "radio" && !one.checked));
  const jumps = [];
  stops.reduce((last, one) => {
    const box = one.getBoundingClientRect();
    if (last && box.bottom < last[1].top - 8 && box.left < last[1].right && box.right > last[1].left) jumps.push(`${told(last[0])} ↑ ${told(one)}`);
    return [one, box];
  }, null);
  // 2.5.8: 24 pixels across, or so far from the next that circles of 24 pixels do not meet; a link in a sentence may be smaller.
  const targets = controls.filter((one) => !one.closest("svg") && getComputedStyle(one).opacity !== "0").map((one) => {
    const label = one.matches("input[type=radio], input[type=checkbox]") && one.closest("label");
    const box = (label || one).getBoundingClientRect();
    return { one, box, x: box.left + box.width / 2, y: box.top + box.height / 2, small: Math.min(box.width, box.height) < 23.5 };
  });
  const flows = (one) => getComputedStyle(one).display === "inline" && [...one.parentElement.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim().length > 1);
  const near = (a, b) => {
    const x = Math.max(b.box.left - a.x, 0, a.x - b.box.right), y = Math.max(b.box.top - a.y, 0, a.y - b.box.bottom);
    return Math.hypot(x, y) < 12 || (b.small && Math.hypot(a.x - b.x, a.y - b.y) < 24);
  };
  const small = targets.filter((a) => a.small && !flows(a.one) && targets.some((b) => b !== a && !a.one.contains(b.one) && !b.one.contains(a.one) && near(a, b))).map((a) => told(a.one));

  return { view, wide: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - view, beyond, clipped, bursting, regions, overlaps, columns, jumps, small };
}
