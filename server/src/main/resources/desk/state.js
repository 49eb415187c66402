// SPDX-License-Identifier: Apache-2.0
// Everything the page knows, in one place. Who changes it says so, and the page is drawn again.

export const state = {
  line: { state: 'connecting', retryAt: 0 },
  login: null, // {busy, wrong} while the server asks who we are
  agents: null,
  status: {},
  calls: new Map(),
  loaded: false,
  troubleWithCalls: null,
  health: null,
  troubleWithHealth: false,
  parked: [],
  day: null, // what I did today
  counts: { pending: 0, parked: 0 },
  me: remembered('me', null),
  filter: remembered('filter', 'all'),
  search: '',
  shown: 100,
  selected: null,
  details: new Map(), // call id -> {loading, trouble, asked}
  histories: new Map(), // call id -> {loading, failed, calls}: those before it
  open: new Set(recalled('open', [])), // calls whose after-call work is not done
  drafts: new Map(Object.entries(recalled('drafts', {}))),
  transferring: null,
  handingOn: new Set(), // calls whose ticket the server is being asked to hand on
  tab: 'now',
  theme: remembered('theme', 'auto'),
  singleKeys: remembered('keys', true),
  notify: remembered('notify', false),
  help: false,
  toasts: [],
};

let draw = () => {};
let waiting = false;

export function whenChanged(action) {
  draw = action;
}

/** Applies a change and has the page drawn soon; many changes at once are drawn once. */
export function change(patch) {
  Object.assign(state, patch);
  if (waiting) return;
  waiting = true;
  // Not an animation frame: a hidden page must still change its title when the phone rings.
  setTimeout(drawNow, 0);
}

/** Draws at once: for who wants to put the focus on something that a change has just brought. */
export function drawNow() {
  if (!waiting) return;
  waiting = false;
  draw();
}

/** A call as an event tells it. Later messages may leave things out; what is known stays. */
export function takeCall(call) {
  if (!call?.id) return;
  state.calls.set(call.id, { ...lasting(state.calls.get(call.id), call), ...call, heardAt: performance.now() });
  change({});
}

/** What an older message said and a newer, shorter one does not take back. Who is on which leg changes with every message. */
function lasting(old, call) {
  if (!old || 'legs' in call) return old;
  const { legs, ...rest } = old;
  return rest;
}

/** Calls as a request answered them: what an event told since the question is newer. */
export function takeCalls(calls, askedAt) {
  for (const call of calls) {
    const old = state.calls.get(call.id);
    if (old && old.heardAt > askedAt) state.calls.set(call.id, { ...call, ...old });
    else state.calls.set(call.id, { ...lasting(old, call), ...call, heardAt: askedAt });
  }
  change({});
}

export function takeAgent(agent) {
  if (!agent?.name) return;
  const heard = { ...agent, heardAt: performance.now() };
  const agents = state.agents ?? [];
  const known = agents.some((a) => a.name === agent.name);
  change({ agents: known ? agents.map((a) => (a.name === agent.name ? { ...a, ...heard } : a)) : [...agents, heard] });
}

/** Everybody, as a request answered; what an event told since the question is newer. */
export function takeAgents(agents, askedAt) {
  const heard = new Map((state.agents ?? []).filter((agent) => agent.heardAt > askedAt).map((agent) => [agent.name, agent]));
  change({ agents: agents.map((agent) => ({ ...agent, ...heard.get(agent.name) })) });
}

/** What was chosen once and for all on this computer. */
export function remember(key, value) {
  try {
    localStorage.setItem('cordboard.' + key, JSON.stringify(value));
  } catch (e) {
    // Storage is forbidden or full: the choice holds until the page closes.
  }
}

export function remembered(key, otherwise) {
  return read('localStorage', key, otherwise);
}

/** What must survive a reload of this page, such as a half-written note. */
export function keep(key, value) {
  try {
    sessionStorage.setItem('cordboard.' + key, JSON.stringify(value));
  } catch (e) {
    // As above.
  }
}

function recalled(key, otherwise) {
  return read('sessionStorage', key, otherwise);
}

function read(storage, key, otherwise) {
  try {
    const text = window[storage].getItem('cordboard.' + key);
    return text === null ? otherwise : JSON.parse(text);
  } catch (e) {
    return otherwise;
  }
}

export function draftOf(id) {
  return state.drafts.get(id) ?? {};
}

export function draft(id, patch) {
  state.drafts.set(id, { ...draftOf(id), ...patch });
  keep('drafts', Object.fromEntries(state.drafts));
  change({});
}

export function openWork(id) {
  state.open.add(id);
  keep('open', [...state.open]);
  change({});
}

export function closeWork(id) {
  state.open.delete(id);
  state.drafts.delete(id);
  keep('open', [...state.open]);
  keep('drafts', Object.fromEntries(state.drafts));
  change({});
}

let toastNumber = 0;

/** Shows a short message; trouble stays until it is closed, good news goes by itself. */
export function toast(kind, text, fix) {
  const id = ++toastNumber;
  const rest = state.toasts.filter((old) => old.text !== text || old.fix !== fix).slice(-3);
  change({ toasts: [...rest, { id, kind, text, fix }] });
  if (kind !== 'bad') setTimeout(() => dropToast(id), 5000);
}

export function dropToast(id) {
  change({ toasts: state.toasts.filter((one) => one.id !== id) });
}
