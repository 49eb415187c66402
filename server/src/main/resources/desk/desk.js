// SPDX-License-Identifier: Apache-2.0
// The agent desk: starts here. State in state.js, meaning in calls.js, drawing in the other files.

import { hear, loadAgents, loadDay, loadDeliveries, loadHealth, loadMyDay, loadStatus, noticeWork, refreshShown } from './actions.js';
import { alerts, say } from './alerts.js';
import { Trouble, now, post, whenRefused } from './api.js';
import { part, reachedLater, daysCalls, isMissed } from './calls.js';
import { cards, idle, urgent } from './cards.js';
import { detail } from './detail.js';
import { h, render, ticking } from './dom.js';
import { header, settings } from './header.js';
import { duration, speak, t } from './i18n.js';
import { icon, logo } from './icons.js';
import { helpOverlay, listenToKeys } from './keys.js';
import { list } from './list.js';
import { listen } from './live.js';
import { button, iconButton } from './parts.js';
import { rail } from './rail.js';
import { change, dropToast, remember, remembered, state, takeAgent, whenChanged } from './state.js';

const OFTEN_MS = 15_000;
const SOON_MS = 3_000;
const root = document.getElementById('desk');
let line = null;

function draw() {
  for (const call of state.calls.values()) noticeWork(call);
  const urgentCalls = state.login ? [] : urgent();
  if (state.login) render(root, loginPage());
  else render(root, h('div', { class: `desk tab-${state.tab}`, key: 'desk' }, header(speakAgain), lostBanner(), main(urgentCalls), tabs(urgentCalls), helpOverlay()));
  render(document.getElementById('toasts'), state.toasts.map(toastBox));
  alerts(urgentCalls);
}

function main(urgentCalls) {
  const selected = state.selected && state.calls.get(state.selected);
  const own = cards(urgentCalls.filter((call) => !(selected && call.id === selected.id && !part(call) && !state.open.has(call.id))));
  return h('main', { class: 'panes' }, list(),
    h('section', { class: 'pane stage', 'aria-label': t('tab.now') },
      own, selected && detail(selected), own.length === 0 && !selected && idle()),
    rail(settings(speakAgain, '-narrow')));
}

function lostBanner() {
  if (state.line.state !== 'lost') return null;
  return h('div', { class: 'banner', key: 'lost', id: 'lost' }, icon('warn'), h('strong', null, t('line.lost')), h('span', { class: 'banner-text' }, state.line.trouble || t('line.lost.text')),
    h('span', { class: 'faint', id: 'lost-next' }, nextTry()), button('small', null, t('line.now'), () => line?.now()));
}

function nextTry() {
  return t('line.next', { n: Math.max(1, Math.ceil((state.line.retryAt - Date.now()) / 1000)) });
}

function tabs(urgentCalls) {
  const calls = daysCalls();
  const missed = calls.filter((call) => isMissed(call) && !reachedLater(call, calls)).length;
  const ringing = urgentCalls.filter((call) => part(call) === 'ringing').length;
  const trouble = state.counts.parked + Object.values(state.health?.accounts ?? {}).filter((account) => account.status !== 'up').length;
  const all = [['now', 'phone', ringing, 'ring'], ['calls', 'list', missed, 'bad'], ['team', 'team', trouble, 'bad']];
  return h('nav', { class: 'tabs' }, all.map(([name, picture, badge, kind]) =>
    h('button', { type: 'button', key: name, class: 'tab' + (state.tab === name ? ' tab-on' : ''), 'aria-current': state.tab === name ? 'page' : null, onclick: () => change({ tab: name }) },
      icon(picture), h('span', null, t('tab.' + name)), badge > 0 && h('span', { class: 'badge badge-' + kind }, badge))));
}

function toastBox(toast) {
  return h('div', { class: 'toast toast-' + toast.kind, key: toast.id, role: toast.kind === 'bad' ? 'alert' : 'status' },
    icon(toast.kind === 'bad' ? 'warn' : 'check'),
    h('div', { class: 'toast-text' }, h('strong', null, toast.text), toast.fix && h('p', null, toast.fix)),
    iconButton('close', t('close'), () => dropToast(toast.id)));
}

function loginPage() {
  return h('main', { class: 'login', key: 'login' },
    h('form', { class: 'card login-card', onsubmit: login },
      logo(), h('h1', null, t('login.title')), h('p', { class: 'soft' }, t('login.text')),
      h('label', { class: 'field-label', for: 'token' }, t('login.token')),
      h('input', { id: 'token', class: 'field', type: 'password', autocomplete: 'current-password', required: true, ref: (node) => setTimeout(() => node.focus(), 0), 'aria-describedby': 'login-trouble' }),
      h('p', { class: 'trouble', id: 'login-trouble', role: 'alert' }, state.login.trouble && [icon('warn'), state.login.trouble]),
      h('button', { type: 'submit', class: 'button main', disabled: Boolean(state.login.busy) }, t('login.go'))));
}

async function login(event) {
  event.preventDefault();
  const token = document.getElementById('token').value;
  change({ login: { busy: true } });
  try {
    await post('/api/login', { token });
    change({ login: null });
    start();
  } catch (e) {
    if (!(e instanceof Trouble)) throw e;
    change({ login: { trouble: e.status === 401 || e.status === 403 ? t('login.wrong') : `${e.message} ${e.fix ?? ''}` } });
  }
}

function speakAgain(language) {
  remember('lang', language);
  speak(language);
  change({});
}

async function start() {
  line?.close();
  line = null;
  try {
    await loadAgents();
  } catch (e) {
    if (e.status === 401) return;
    // The line below tells that the server is away, and loads everything when it is back.
  }
  let wasLost = false;
  line = listen({
    state(name, retryAt = 0, trouble = '') {
      if (name === 'lost') wasLost = true;
      if (name === 'live' && wasLost) say('say', t('line.back'));
      change({ line: { state: name, retryAt, trouble } });
    },
    open() {
      loadStatus();
      loadAgents().catch(() => {});
      loadDay();
      loadMyDay();
      loadHealth();
      loadDeliveries();
    },
    call: hear,
    agent(agent) {
      takeAgent(agent);
      if (agent.name === state.me) loadMyDay();
    },
    health: (health) => change({ health, troubleWithHealth: false }),
    deliveries(counts) {
      if (counts.parked !== state.counts.parked) loadDeliveries();
      change({ counts: { ...state.counts, ...counts } });
    },
  });
}

whenRefused(() => {
  line?.close();
  line = null;
  if (!state.login) change({ login: {} });
});
speak(remembered('lang', null) ?? (navigator.languages ?? []).map((one) => one.slice(0, 2)).find((one) => one === 'en' || one === 'ru') ?? 'en');
ticking((since) => duration((now() - since) / 1000));
whenChanged(draw);
listenToKeys();
setInterval(() => {
  const next = document.getElementById('lost-next');
  if (next) next.textContent = nextTry();
}, 1000);
setInterval(() => {
  if (state.line.state !== 'live' || document.hidden && !state.me) return;
  loadHealth();
  loadStatus();
  loadDeliveries();
  loadMyDay();
}, OFTEN_MS);
setInterval(() => state.line.state === 'live' && refreshShown(true), SOON_MS);
change({});
start();
