// SPDX-License-Identifier: Apache-2.0
// The page as a function of its state: `h` describes, `render` changes only what differs. Data becomes text nodes and
// attributes, never markup, so a caller's name cannot be anything but a name.

const SVG = 'http://www.w3.org/2000/svg';
const NONE = {};

export function h(tag, props, ...children) {
  return { tag, props: props ?? NONE, key: props?.key, children: clean(children) };
}

function clean(children) {
  const out = [];
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === '' || typeof child === 'boolean') continue;
    out.push(typeof child === 'object' ? child : String(child));
  }
  return out;
}

export function render(host, ...wanted) {
  const focused = document.activeElement;
  reconcile(host, clean(wanted), false);
  // Moving a node takes its focus away; whoever types must not notice.
  if (focused && focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true });
}

function reconcile(host, wanted, svg) {
  const pools = new Map();
  for (const node of host.childNodes) {
    const name = nameOf(node.vnode ?? null);
    if (!pools.has(name)) pools.set(name, []);
    pools.get(name).push(node);
  }
  const nodes = wanted.map((want) => {
    const old = pools.get(nameOf(typeof want === 'string' ? null : want))?.shift();
    return [old ?? create(want, svg), want, old !== undefined];
  });
  for (const pool of pools.values()) for (const node of pool) node.remove();
  let at = host.firstChild;
  for (const [node, want, reused] of nodes) {
    if (reused) update(node, want, svg);
    if (node === at) at = at.nextSibling;
    else host.insertBefore(node, at);
  }
}

/** What makes an old node the same as a wanted one: its tag and its key, or else the first word of its class. */
function nameOf(vnode) {
  return vnode === null ? '#text' : vnode.tag + '\u0000' + (vnode.key ?? '.' + (vnode.props.class ?? '').split(' ', 1)[0]);
}

function create(want, svg) {
  if (typeof want === 'string') return document.createTextNode(want);
  const inSvg = svg || want.tag === 'svg';
  const node = inSvg ? document.createElementNS(SVG, want.tag) : document.createElement(want.tag);
  fill(node, want, NONE, inSvg);
  want.props.ref?.(node);
  return node;
}

function update(node, want, svg) {
  if (typeof want === 'string') {
    if (node.data !== want) node.data = want;
    return;
  }
  fill(node, want, node.vnode.props, svg || want.tag === 'svg');
}

function fill(node, want, before, svg) {
  const props = want.props;
  for (const name of Object.keys(before)) if (!(name in props)) assign(node, name, null);
  for (const [name, value] of Object.entries(props)) {
    if (name !== 'value' && before[name] !== value) assign(node, name, value);
  }
  node.vnode = want;
  if (!('tick' in props)) reconcile(node, want.children, svg);
  // A select knows its value only when it has its options.
  if ('value' in props && node.value !== props.value) node.value = props.value;
}

function assign(node, name, value) {
  if (name === 'key' || name === 'ref') return;
  if (name.startsWith('on')) node[name] = value;
  else if (name === 'tick') tick(node, value);
  else if (name === 'checked' || name === 'open' && node.tagName === 'DETAILS') node[name] = Boolean(value);
  else if (value === null || value === undefined || value === false) node.removeAttribute(name);
  else if (name === 'href' && !isLink(value)) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? '' : value);
}

/** A CRM says where its pages are; only the web is believed. */
export function isLink(url) {
  return typeof url === 'string' && /^(https?:\/\/|#)/i.test(url);
}

let showTick = () => '';

/** Sets how an element with `tick` (a moment in ms) is written; called again every second. */
export function ticking(show) {
  showTick = show;
  setInterval(() => document.querySelectorAll('[data-tick]').forEach((node) => write(node)), 1000);
}

function tick(node, since) {
  if (since === null) delete node.dataset.tick;
  else {
    node.dataset.tick = since;
    write(node);
  }
}

function write(node) {
  const text = showTick(Number(node.dataset.tick));
  if (node.textContent !== text) node.textContent = text;
}
