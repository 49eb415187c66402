// SPDX-License-Identifier: Apache-2.0
// The calls of the day: one stop for the tab key, arrows within.

import { loadDay, select } from './actions.js';
import { answeredMs, daysCalls, filtered, isConnected, isLive, isMissed, me, names, phase, reachedLater, result, startedMs, talker, nameAt, isKnown, matches, who, writes } from './calls.js';
import { h } from './dom.js';
import { clock, count, duration, t, today } from './i18n.js';
import { icon } from './icons.js';
import { button, direction } from './parts.js';
import { pretty } from './phone.js';
import { change, remember, state } from './state.js';
import { now } from './api.js';

const STEP = 100;
let stop = null; // the row that the tab key reaches

export function list() {
  const calls = daysCalls();
  const shown = filtered(calls, state.filter, state.search);
  const live = shown.filter(isLive);
  const over = shown.filter((call) => !isLive(call));
  const visible = over.slice(0, state.shown);
  const rows = [...live, ...visible];
  if (!rows.some((call) => call.id === stop)) stop = rows[0]?.id ?? null;
  return h('section', { class: 'pane calls', id: 'calls', 'aria-label': t('calls') },
    h('div', { class: 'calls-head' },
      h('div', { class: 'calls-title' }, h('h2', null, t('calls.today')), h('span', { class: 'faint' }, today(new Date(now())))),
      filters(calls), searchBox()),
    h('div', { class: 'calls-scroll', onkeydown: move },
      rows.length === 0 && empty(calls),
      live.length > 0 && group('live', t('calls.live'), live, calls),
      visible.length > 0 && group('over', live.length > 0 ? t('calls.today') : null, visible, calls),
      over.length > visible.length && button('quiet more', null, t('calls.more', { n: Math.min(STEP, over.length - visible.length) }), () => change({ shown: state.shown + STEP }))));
}

function filters(calls) {
  const missed = filtered(calls, 'missed', '').filter((call) => !reachedLater(call, calls)).length;
  return h('div', { class: 'segment-row', role: 'group', 'aria-label': t('filters') }, ['mine', 'all', 'missed'].map((name) =>
    h('button', {
      type: 'button', key: name, class: 'segment' + (state.filter === name ? ' segment-on' : ''), 'aria-pressed': String(state.filter === name), 'data-filter': name,
      disabled: name === 'mine' && !me(), onclick: () => filter(name),
    }, t('filter.' + name), name === 'missed' && missed > 0 && h('span', { class: 'badge badge-bad' }, count(missed)))));
}

export function filter(name) {
  if (name === 'mine' && !me()) return;
  remember('filter', name);
  change({ filter: name, shown: STEP });
}

function searchBox() {
  return h('div', { class: 'search', role: 'search' }, icon('search'),
    h('input', {
      id: 'search', class: 'field', type: 'search', 'aria-label': t('search'), placeholder: t('search.hint'), value: state.search, autocomplete: 'off', spellcheck: 'false',
      oninput: (event) => change({ search: event.target.value, shown: STEP }),
      onkeydown: (event) => {
        if (event.key === 'Escape' && state.search) { event.stopPropagation(); change({ search: '' }); }
        if (event.key === 'ArrowDown') { event.preventDefault(); focusList(); }
      },
    }));
}

function empty(calls) {
  if (!state.loaded) return h('div', { class: 'empty' }, h('p', { class: 'soft' }, t('calls.loading')));
  if (state.troubleWithCalls && calls.length === 0) {
    return h('div', { class: 'empty' }, h('h3', null, t('calls.failed')), h('p', { class: 'soft' }, `${state.troubleWithCalls.message} ${state.troubleWithCalls.fix ?? ''}`), button('quiet', 'retry', t('retry'), loadDay));
  }
  const searched = state.search.trim() !== '';
  const name = searched ? 'calls.none.search' : state.filter === 'all' ? 'calls.none' : 'calls.none.' + state.filter;
  return h('div', { class: 'empty' }, h('h3', null, t(name, { q: state.search.trim() })), h('p', { class: 'soft' }, t(name + '.text')));
}

function group(name, title, calls, all) {
  return h('div', { class: 'group', key: name }, title && h('h3', { class: 'group-title' }, title),
    h('ul', { class: 'rows' }, calls.map((call) => h('li', { key: call.id }, row(call, all)))));
}

function row(call, all) {
  const live = isLive(call);
  const missed = isMissed(call);
  const best = matches(call)[0];
  const classes = ['row', live && `row-live row-${phase(call, null)}`, missed && 'row-missed', state.selected === call.id && 'row-on'].filter(Boolean).join(' ');
  return h('button', {
    type: 'button', class: classes, 'data-row': call.id, tabindex: call.id === stop ? 0 : -1, 'aria-current': state.selected === call.id ? 'true' : null,
    onclick: () => { stop = call.id; select(call.id); }, onfocus: () => { stop = call.id; },
  },
  direction(call),
  h('span', { class: 'row-name' }, h('strong', null, who(call)), best?.company && h('span', { class: 'faint' }, ` ${best.company}`)),
  h('span', { class: 'row-time' }, clock(call.startedAt)),
  h('span', { class: 'row-more' }, live ? liveLine(call) : overLine(call, missed, all)),
  h('span', { class: 'row-end' }, live ? h('span', { class: 'timer', tick: isConnected(call) ? answeredMs(call) : startedMs(call) }) : crmMark(call),
    !live && call.answeredAt && h('span', { class: 'row-duration' }, duration(call.talkSeconds ?? call.connectedSeconds))));
}

function liveLine(call) {
  const now = phase(call, null);
  const at = isConnected(call) ? nameAt(call, talker(call) ?? '') : now === 'ringing' ? names(call, call.rang) : call.queue;
  return [h('span', { class: `lamp lamp-${now}` }), t(now === 'talking' ? 'connected' : now === 'held' ? 'held' : now), at && ` · ${at}`];
}

function overLine(call, missed, all) {
  const number = isKnown(call) && call.customer ? pretty(call.customer) : null;
  if (missed) {
    const reached = reachedLater(call, all);
    return [result(call), reached ? h('span', { class: 'reached' }, ' · ', t('missed.resolved', { at: clock(reached.answeredAt) })) : ` · ${t('missed.todo')}`];
  }
  const agents = call.answeredBy?.length ? names(call, call.answeredBy) : call.agent ? nameAt(call, call.agent) : '';
  return [[agents, call.answeredAt ? number : result(call)].filter(Boolean).join(' · ')];
}

function crmMark(call) {
  const states = writes(call).map((write) => write.state);
  if (states.includes('PARKED')) return h('span', { class: 'mark mark-bad', title: `${t('crm')}: ${t('crm.PARKED')}` }, icon('warn'), h('span', { class: 'unseen' }, `${t('crm')}: ${t('crm.PARKED')}`));
  if (states.includes('PENDING')) return h('span', { class: 'mark', title: `${t('crm')}: ${t('crm.PENDING')}` }, icon('wait'), h('span', { class: 'unseen' }, `${t('crm')}: ${t('crm.PENDING')}`));
  return null;
}

function move(event) {
  const rows = [...event.currentTarget.querySelectorAll('[data-row]')];
  const at = rows.indexOf(document.activeElement);
  if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1, PageDown: at + 10, PageUp: at - 10 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
  stop = row.dataset.row;
  row.focus();
  change({});
}

export function focusList(id = stop) {
  const row = [...document.querySelectorAll('[data-row]')].find((one) => one.dataset.row === id) ?? document.querySelector('[data-row]');
  row?.focus();
}
