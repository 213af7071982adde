// Elements without a framework. A view is a pure function from state to a fresh tree; `morph` carries
// that tree onto the page and keeps what belongs to the reader: open folds, focus, typed text.
// Everything enters as a text node or an attribute, never as markup, style or script.

const HANDLERS = ["onclick", "onkeydown", "onsubmit", "ontoggle", "oninput"];
const READERS_OWN = new Set(["open"]);
const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  root: "M12 2v20M12 8c0 4-6 3-6 8v2M12 8c0 4 6 3 6 8v2",
  plus: "M12 5v14M5 12h14",
  menu: "M4 7h16M4 12h16M4 17h10",
  close: "M6 6l12 12M18 6 6 18",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
  send: "M12 20V5M5 12l7-7 7 7",
  stop: "M7 7h10v10H7z",
  down: "M12 5v14M5 12l7 7 7-7",
  chevron: "M9 6l6 6-6 6",
  check: "M5 12.5l4.5 4.5L19 7.5",
  skip: "M6 12h12",
  pause: "M8 6v12M16 6v12",
  waiting: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
  warning: "M12 4 2.8 20h18.4zM12 10v4M12 17v.01",
  lookup: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4.5 4.5",
  "thumb-up": "M7 21V10l4.2-7.2a2.2 2.2 0 0 1 2.4 2.7L12.8 9H18a2.4 2.4 0 0 1 2.3 3l-1.6 6.6A3 3 0 0 1 15.8 21zM7 10H3.5v11H7",
  "thumb-down": "M7 3v11l4.2 7.2a2.2 2.2 0 0 0 2.4-2.7L12.8 15H18a2.4 2.4 0 0 0 2.3-3l-1.6-6.6A3 3 0 0 0 15.8 3zM7 14H3.5V3H7",
  spark: "M12 3v6M12 15v6M3 12h6M15 12h6",
  external: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  exit: "M14 4H5v16h9M10 12h11M17 8l4 4-4 4",
};

/** `h("p.muted", {id: "x"}, "text", child)`: an element. Empty children (null, false, "") are left out. */
export function h(spec, ...rest) {
  const [tag, ...classes] = spec.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  const hasProps = rest[0] && Object.getPrototypeOf(rest[0]) === Object.prototype;
  for (const [name, value] of Object.entries(hasProps ? rest.shift() : {})) {
    if (name.startsWith("on")) node[name] = value;
    else if (value !== undefined && value !== null && value !== false)
      node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...rest.flat(Infinity).filter((child) => child || child === 0));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: `icon ${name}`, "aria-hidden": "true" }))
    svg.setAttribute(key, value);
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A disclosure whose body is built when first opened, and again when `version` has changed. */
export function fold(summary, build, { version = "1", ...props } = {}) {
  const node = h("details", { ...props, "data-version": version }, h("summary", summary));
  node.build = build;
  node.ontoggle = (event) => fill(event.currentTarget);
  return node;
}

function fill(node) {
  if (!node.open || node.filled === node.dataset.version) return;
  node.filled = node.dataset.version;
  const body = h("div.fold", node.build());
  if (node.children.length > 1) morph(node.lastElementChild, body);
  else node.append(body);
}

const isSame = (old, next) => old.nodeName === next.nodeName && old.dataset?.key === next.dataset?.key;

/** Makes `old` equal to `next`, a node of the same name and key; what stays equal stays the same node. */
export function morph(old, next) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== next.data) old.data = next.data;
    return undefined;
  }
  for (const { name } of [...old.attributes])
    if (!next.hasAttribute(name) && !READERS_OWN.has(name)) old.removeAttribute(name);
  for (const { name, value } of next.attributes)
    if (old.getAttribute(name) !== value && !READERS_OWN.has(name)) old.setAttribute(name, value);
  for (const handler of HANDLERS) if (old[handler] !== next[handler]) old[handler] = next[handler];
  if (next.build) {
    old.build = next.build;
    morph(old.firstElementChild, next.firstElementChild);
    return fill(old);
  }
  return morphChildren(old, [...next.childNodes]);
}

export function morphChildren(parent, next) {
  let old = parent.firstChild;
  const dropUntil = (end) => {
    while (old !== end) {
      const { nextSibling } = old;
      old.remove();
      old = nextSibling;
    }
  };
  for (const node of next) {
    let match = old;
    while (match && !isSame(match, node)) match = match.nextSibling;
    if (match) {
      dropUntil(match);
      old = match.nextSibling;
      morph(match, node);
    } else parent.insertBefore(node, old);
  }
  dropUntil(null);
}
