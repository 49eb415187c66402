// SPDX-License-Identifier: Apache-2.0
// The top of the page: who I am, whom to call, whether the line stands.

import { choose, chooseMe, dial } from './actions.js';
import { get } from './api.js';
import { agentCan, me } from './calls.js';
import { h } from './dom.js';
import { language, languages, t } from './i18n.js';
import { icon, logo } from './icons.js';
import { button, iconButton } from './parts.js';
import { change, remember, state, toast } from './state.js';

const THEMES = ['auto', 'light', 'dark'];
const THEME_ICON = { auto: 'auto', light: 'sun', dark: 'moon' };
let lookups = 0;

export function header(speakAgain) {
  return h('header', { class: 'top' },
    h('a', { class: 'skip', href: '#calls' }, t('skip')),
    h('div', { class: 'brand' }, logo(), h('h1', null, 'Cordboard'), line()),
    dialBox(),
    h('div', { class: 'top-me' }, whoAmI(), stateButtons()),
    h('div', { class: 'top-tools' }, h('div', { class: 'top-settings' }, settings(speakAgain, '')),
      iconButton('keyboard', t('help'), () => change({ help: true }), { id: 'help' })));
}

/** What is set once: at the top of a wide window, below the team in a narrow one. */
export function settings(speakAgain, where) {
  return [bell(where), languageSwitch(speakAgain, where),
    iconButton(THEME_ICON[state.theme], t('theme.' + state.theme), nextTheme, { id: 'theme' + where, key: 'theme' }),
    state.status.auth && iconButton('exit', t('logout'), logout, { id: 'logout' + where, key: 'logout' })];
}

function line() {
  return h('span', { class: `line line-${state.line.state}`, id: 'line' }, h('span', { class: 'lamp', 'aria-hidden': 'true' }), t('line.' + state.line.state));
}

function dialBox() {
  if (me() && !agentCan(me(), 'dial')) return h('div', { class: 'dial' });
  const known = state.dialled;
  return h('form', { class: 'dial', onsubmit: call, role: 'group', 'aria-label': t('dial.label') },
    icon('phone'),
    h('input', { id: 'dial', class: 'field', type: 'tel', inputmode: 'tel', autocomplete: 'off', 'aria-label': t('dial.label'), placeholder: t('dial.hint'), oninput: look }),
    known && h('span', { class: 'dial-who', role: 'status' }, known),
    h('button', { type: 'submit', class: 'button main small' }, t('dial')));
}

async function call(event) {
  event.preventDefault();
  const input = document.getElementById('dial');
  const number = input.value.trim();
  if (number === '') return input.focus();
  if (await dial(number)) {
    input.value = '';
    change({ dialled: null });
  }
}

/** Says whose number is being typed, before it is dialled. */
function look(event) {
  const number = event.target.value.trim();
  const mine = ++lookups;
  if (number.replace(/\D/g, '').length < 10) return change({ dialled: null });
  setTimeout(async () => {
    if (mine !== lookups) return;
    const found = await get(`/api/lookup?number=${encodeURIComponent(number)}`).catch(() => null);
    if (mine === lookups && found) change({ dialled: found.matches?.[0]?.name ?? t('dial.nobody') });
  }, 250);
}

function whoAmI() {
  const agents = state.agents ?? [];
  if (agents.length === 0) return null;
  const known = agents.some((agent) => agent.name === state.me);
  return h('label', { class: 'me' }, h('span', { class: `lamp lamp-agent-${me()?.state ?? 'UNKNOWN'}`, 'aria-hidden': 'true' }), h('span', { class: 'unseen' }, t('me')),
    h('select', { id: 'me', class: 'field', value: known ? state.me : '', onchange: (event) => chooseMe(event.target.value || null) },
      h('option', { value: '', key: '' }, t('me.all')),
      agents.map((agent) => h('option', { value: agent.name, key: agent.name }, agent.name))));
}

/** Work after a call is ended by being ready again; everything else by its own button. */
function stateButtons() {
  const agent = me();
  if (!agent) return null;
  if (agent.state === 'OFFLINE') return button('quiet', 'play', t('day.begin'), () => choose('AVAILABLE'), { id: 'day-begin', key: 'begin' });
  const paused = agent.state === 'PAUSED';
  return [
    agent.state === 'WRAP_UP' && button('main small', 'check', t('ready.now'), () => choose('AVAILABLE'), { id: 'ready', key: 'ready' }),
    button('quiet' + (paused ? ' paused' : ''), paused ? 'play' : 'pause', t(paused ? 'pause.end' : 'pause'), () => choose(paused ? 'AVAILABLE' : 'PAUSED'), { id: 'pause', key: 'pause', 'aria-pressed': String(paused) })];
}

function languageSwitch(speakAgain, where) {
  return h('select', { class: 'field language', id: 'language' + where, 'aria-label': t('language'), value: language(), onchange: (event) => speakAgain(event.target.value) },
    Object.entries(languages).map(([code, name]) => h('option', { value: code, key: code, lang: code }, name)));
}

function nextTheme() {
  setTheme(THEMES[(THEMES.indexOf(state.theme) + 1) % THEMES.length]);
}

function setTheme(theme) {
  remember('theme', theme);
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  change({ theme });
}

function bell(where) {
  if (!('Notification' in window)) return null;
  const on = state.notify && Notification.permission === 'granted';
  return iconButton(on ? 'bell' : 'bellOff', t(on ? 'notify.on' : 'notify.off'), toggleBell, { id: 'notify' + where, 'aria-pressed': String(on) });
}

async function toggleBell() {
  if (state.notify && Notification.permission === 'granted') return setNotify(false);
  const answer = await Notification.requestPermission();
  if (answer === 'granted') setNotify(true);
  else toast('bad', t('notify.denied'));
}

function setNotify(notify) {
  remember('notify', notify);
  change({ notify });
}

async function logout() {
  await fetch('/api/logout', { method: 'POST' }).catch(() => null);
  location.reload();
}
