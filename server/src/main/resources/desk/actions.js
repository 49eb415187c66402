// SPDX-License-Identifier: Apache-2.0
// What the operator does, and what the server says to it.

import { Trouble, get, now, pathOf, post } from './api.js';
import { isLive, me, part, talkedByMe, writes } from './calls.js';
import { t } from './i18n.js';
import { pretty } from './phone.js';
import {
  change, closeWork, draft, draftOf, drawNow, openWork, remember, state, takeAgent, takeAgents, takeCall, takeCalls, toast,
} from './state.js';

/** Does it, or says what did not work. Answers whether it worked. */
export async function attempt(action) {
  try {
    await action();
    return true;
  } catch (e) {
    if (!(e instanceof Trouble)) throw e;
    if (e.status !== 401) toast('bad', e.message, e.fix);
    return false;
  }
}

export async function loadDay() {
  const asked = performance.now();
  const at = new Date(now());
  const since = new Date(at.getFullYear(), at.getMonth(), at.getDate()).toISOString();
  try {
    const answer = await get(`/api/calls?since=${encodeURIComponent(since)}&limit=500`);
    takeCalls(answer.calls ?? [], asked);
    change({ loaded: true, troubleWithCalls: null });
    closeVanished(answer.calls ?? [], asked);
  } catch (e) {
    change({ loaded: true, troubleWithCalls: e });
  }
}

/** A call that was live when the line broke, and of which the server's list says nothing, is asked for by its id. */
function closeVanished(calls, asked) {
  const told = new Set(calls.map((call) => call.id));
  for (const call of state.calls.values()) {
    if (isLive(call) && !told.has(call.id) && call.heardAt < asked) get(pathOf(call.id)).then(hear, () => forget(call.id));
  }
}

function forget(id) {
  state.calls.delete(id);
  change({});
}

export async function loadAgents() {
  const asked = performance.now();
  const answer = await get('/api/agents');
  takeAgents(answer.agents ?? [], asked);
}

export async function loadStatus() {
  await get('/api/status').then((status) => {
    change({ status });
    if (status.accounts) change({ counts: { pending: countOf('pending'), parked: countOf('parked') } });
  }, () => {});
}

export async function loadHealth() {
  await get('/health').then(
    (health) => change({ health, troubleWithHealth: false }),
    () => change({ troubleWithHealth: true }));
}

export async function loadDeliveries() {
  await get('/api/deliveries?state=parked&limit=100').then((answer) => {
    const parked = answer.deliveries ?? [];
    change({ parked, counts: answer.counts ?? { ...state.counts, parked: Math.max(parked.length, countOf('parked')) } });
  }, () => {});
}

/** The status counts what waits in each account. */
function countOf(what) {
  return (state.status.accounts ?? []).reduce((sum, account) => sum + (account[what] ?? 0), 0);
}

/** The calls before this one, asked for once a call: the next call of the same customer has one more before it. */
export async function loadHistory({ id, customer }) {
  if (!customer || state.histories.has(id)) return;
  state.histories.set(id, { loading: true, calls: [] });
  try {
    const answer = await get(`/api/calls?customer=${encodeURIComponent(customer)}&limit=8`);
    // A server that does not know the question answers with everybody's calls.
    const calls = (answer.calls ?? []).filter((call) => call.customer === customer);
    state.histories.set(id, { calls });
  } catch (e) {
    state.histories.set(id, { failed: true, calls: [] });
  }
  change({});
}

export async function select(id) {
  change({ selected: id, tab: 'now' });
  drawNow();
  // Below a call that goes on there may be no room left for it.
  document.getElementById('detail')?.scrollIntoView({ block: 'start' });
  const old = state.details.get(id);
  state.details.set(id, { ...old, loading: !old?.loaded });
  await loadCall(id);
}

/** The whole call: what happened, why, and how far each write to a CRM is. */
async function loadCall(id) {
  const asked = performance.now();
  try {
    takeCalls([await get(pathOf(id))], asked);
    state.details.set(id, { loaded: true });
  } catch (e) {
    state.details.set(id, { loaded: true, trouble: e });
  }
  change({});
}

/** Calls that are shown in full are asked for again when they change, and while something of them is on its way. */
export function refreshShown(onlyIfWaiting) {
  for (const id of new Set([state.selected, ...state.open])) {
    const call = id && state.calls.get(id);
    const settling = call && !isLive(call) && (call.state !== 'SETTLED' || writes(call).length === 0 || writes(call).some((write) => write.state === 'PENDING'));
    if (call && (!onlyIfWaiting || settling)) loadCall(id);
  }
}

export function chooseMe(name) {
  remember('me', name);
  remember('filter', name ? 'mine' : 'all');
  change({ me: name, filter: name ? 'mine' : 'all', day: null });
  loadMyDay();
}

/** What I do from now on: AVAILABLE, PAUSED or OFFLINE. Queues and CRMs are told; who did not take it is named. */
export async function choose(wanted) {
  const agent = me();
  if (!agent) return;
  await attempt(async () => {
    const answer = await post(`/api/agents/${encodeURIComponent(agent.name)}/state`, { state: wanted, why: '' });
    takeAgent({ name: agent.name, state: wanted, detail: null, since: new Date(now()).toISOString() });
    toast('good', t('chose.' + wanted));
    for (const one of answer?.told ?? []) if (!one.done) toast('bad', t('chose.untold', { account: one.account, why: one.problem ?? '' }));
  });
  await loadMyDay();
}

/** What I did today; the bar is drawn anew when it is there. */
export async function loadMyDay() {
  const name = state.me;
  if (!name) return change({ day: null });
  const day = await get(`/api/agents/${encodeURIComponent(name)}/day`).catch(() => null);
  if (day && name === state.me) change({ day });
}

export async function dial(number) {
  const agent = me();
  if (!agent) {
    toast('bad', t('dial.who'));
    return false;
  }
  return attempt(async () => {
    await post('/api/dial', { agent: agent.name, number });
    toast('good', t('dial.sent', { number: pretty(number) }));
  });
}

export function hangUp(call) {
  return attempt(async () => {
    await post(pathOf(call.id, '/hangup'));
    toast('good', t('hangup.sent'));
  });
}

export function transfer(call, to) {
  return attempt(async () => {
    await post(pathOf(call.id, '/transfer'), { to });
    change({ transferring: null });
    toast('good', t('transfer.sent', { to }));
  });
}

export async function saveNote(call) {
  const { note = '', disposition = null } = draftOf(call.id);
  if (note.trim() === '' && !disposition) {
    toast('bad', t('note.empty'));
    return false;
  }
  if (draftOf(call.id).savingNote) return false;
  draft(call.id, { savingNote: true });
  const saved = await attempt(async () => {
    await post(pathOf(call.id, '/note'), { text: note, disposition, agent: state.me });
    draft(call.id, { note: '', noteSaved: note, dispositionSaved: disposition });
    toast('good', t('note.saved'));
    if (!isLive(call)) loadCall(call.id);
  });
  draft(call.id, { savingNote: false });
  return saved;
}

export async function saveTicket(call, form) {
  if (form.title.trim() === '') {
    toast('bad', t('ticket.empty'));
    return false;
  }
  if (draftOf(call.id).savingTicket) return false;
  draft(call.id, { savingTicket: true });
  const saved = await attempt(async () => {
    await post(pathOf(call.id, '/ticket'), {
      title: form.title,
      text: form.text,
      priority: form.priority,
      department: form.department || null,
      due: form.due ? new Date(form.due).toISOString() : null,
      agent: state.me,
    });
    draft(call.id, { ticket: null, ticketOpen: false, ticketSaved: form.title });
    toast('good', t('ticket.saved'));
    if (!isLive(call)) loadCall(call.id);
  });
  draft(call.id, { savingTicket: false });
  return saved;
}

export async function handOn(call) {
  // Read now: the form on the screen may be older than the last key that was pressed.
  const { department = '', note = '' } = draftOf(call.id).handOn ?? {};
  if (department.trim() === '') {
    toast('bad', t('handon.empty'));
    return false;
  }
  if (state.handingOn.has(call.id)) return false;
  state.handingOn.add(call.id);
  change({});
  const accepted = await attempt(async () => {
    await post(pathOf(call.id, '/escalate'), { department, note, agent: state.me });
    draft(call.id, { handOn: null, handOnOpen: false });
    toast('good', t('handon.saved', { department }));
    // Not offered again before the page knows of this one.
    await loadCall(call.id);
  });
  state.handingOn.delete(call.id);
  change({});
  return accepted;
}

export async function retry(ids) {
  await attempt(async () => {
    for (const id of ids) await post(`/api/deliveries/${encodeURIComponent(id)}/retry`);
    toast('good', t('deliveries.retried'));
  });
  await loadDeliveries();
  refreshShown(false);
}

/** A call as an event tells it. */
export function hear(call) {
  const before = state.calls.get(call?.id);
  takeCall(call);
  const now = state.calls.get(call?.id);
  if (!now) return;
  // The end may be told before the conversation was drawn, or after a break in which it took place.
  if (before && isLive(before) && !isLive(now) && me() && talkedByMe(now) && now.answeredAt) openWork(now.id);
  noticeWork(now);
  if (!call.events && (now.id === state.selected || (state.open.has(now.id) && !isLive(now)))) loadCall(now.id);
}

/** Calls that I talk in become my work until I close them; untouched older work makes room by itself. */
export function noticeWork(call) {
  if (part(call) === 'talking' && me() && !state.open.has(call.id)) openWork(call.id);
  if (!isLive(call) && state.open.has(call.id) && talkedByMe(call)) {
    for (const id of state.open) {
      const other = state.calls.get(id);
      if (id !== call.id && !unsaved(id) && other && !isLive(other)) closeWork(id);
    }
  }
}

function unsaved(id) {
  const { note, ticketOpen, handOnOpen, disposition = null, dispositionSaved = null } = draftOf(id);
  return Boolean(note || ticketOpen || handOnOpen) || disposition !== dispositionSaved;
}

export async function copyNumber(number) {
  try {
    await navigator.clipboard.writeText(number);
    toast('good', t('copied'));
  } catch (e) {
    // Without the permission the number stands there to be selected.
  }
}
