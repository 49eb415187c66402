// SPDX-License-Identifier: Apache-2.0
// The keyboard. Letters are taken by their place, so that they work on a Russian layout too.

import { choose } from './actions.js';
import { matches, me } from './calls.js';
import { urgent } from './cards.js';
import { closeDetail } from './detail.js';
import { h, isLink } from './dom.js';
import { openHandOn } from './handon.js';
import { t } from './i18n.js';
import { filter, focusList } from './list.js';
import { iconButton } from './parts.js';
import { change, drawNow, remember, state } from './state.js';
import { openTicket } from './work.js';

const KEYS = [
  ['/', 'keys.search'], ['D', 'keys.dial'], ['C', 'keys.current'], ['N', 'keys.note'], ['T', 'keys.ticket'], ['H', 'keys.handon'], ['Ctrl ↵', 'keys.save'], ['O', 'keys.open'],
  ['L', 'keys.list'], ['↑ ↓', 'keys.move'], ['↵', 'keys.enter'], ['Esc', 'keys.escape'], ['1 2 3', 'keys.filters'], ['P', 'keys.pause'], ['?', 'keys.help'],
];

const ACTIONS = {
  KeyD: () => focus('dial'),
  KeyC: () => focusCard(),
  KeyN: () => focusIn('[data-focus="note"]'),
  KeyT: () => writeIn('ticket', openTicket, 'ticket-title-'),
  KeyH: () => writeIn('handon', openHandOn, 'handon-department-'),
  KeyO: () => openContact(),
  KeyL: () => { show('calls'); focusList(); },
  KeyP: () => choose(me()?.state === 'PAUSED' ? 'AVAILABLE' : 'PAUSED'),
  Digit1: () => filter('mine'),
  Digit2: () => filter('all'),
  Digit3: () => filter('missed'),
};

export function listenToKeys() {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || state.login) return;
    if (event.key === 'Escape') return escape(event);
    if (!state.singleKeys || typing(event.target) || state.help) return;
    const action = event.key === '?' || (event.code === 'Slash' && event.shiftKey) ? () => change({ help: true })
      : event.key === '/' || event.code === 'Slash' ? () => { show('calls'); focus('search'); }
        : event.shiftKey ? null : ACTIONS[event.code];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function typing(target) {
  return target.matches?.('input:not([type=radio]):not([type=checkbox]), textarea, select');
}

function escape(event) {
  if (document.querySelector('dialog[open]')) return;
  if (typing(event.target)) event.target.blur();
  else if (state.transferring) change({ transferring: null });
  else if (state.selected) closeDetail();
}

function show(tab) {
  change({ tab });
  drawNow();
}

function focus(id) {
  const field = document.getElementById(id);
  field?.focus();
  field?.select?.();
}

function focusIn(selector) {
  show('now');
  document.querySelector(selector)?.focus();
}

function focusCard() {
  show('now');
  (document.querySelector('.call-card') ?? document.getElementById('detail'))?.focus();
}

function current() {
  return urgent()[0] ?? state.calls.get(state.selected) ?? null;
}

/** Opens the form that a button offers, or goes to the first field of one that is open. */
function writeIn(offer, open, field) {
  const button = document.querySelector(`[data-focus="${offer}"]`);
  const call = state.calls.get(button?.closest('[data-call]')?.dataset.call);
  show('now');
  if (call) open(call);
  else document.querySelector(`[id^="${field}"]`)?.focus();
}

function openContact() {
  const call = current();
  const url = call && matches(call)[0]?.url;
  if (isLink(url)) window.open(url, '_blank', 'noopener,noreferrer');
}

export function helpOverlay() {
  if (!state.help) return null;
  const close = () => change({ help: false });
  return h('dialog', { class: 'help', key: 'help', 'aria-labelledby': 'help-title', onclose: close, oncancel: close, ref: (node) => setTimeout(() => node.isConnected && node.showModal(), 0), onclick: (event) => { if (event.target === event.currentTarget) close(); } },
    h('div', { class: 'help-body' },
      h('div', { class: 'help-head' }, h('h2', { id: 'help-title' }, t('keys.title')), iconButton('close', t('close'), close)),
      h('dl', { class: 'keys' }, KEYS.map(([key, name]) => h('div', { key: name }, h('dt', null, key.split(' ').map((one) => h('kbd', null, one))), h('dd', null, t(name))))),
      h('label', { class: 'switch' }, h('input', { type: 'checkbox', checked: state.singleKeys, onchange: (event) => { remember('keys', event.target.checked); change({ singleKeys: event.target.checked }); } }),
        h('span', null, h('strong', null, t('keys.single')), h('span', { class: 'faint' }, ' ', t('keys.single.text'))))));
}
