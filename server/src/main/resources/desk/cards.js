// SPDX-License-Identifier: Apache-2.0
// The calls that need the operator now: ringing, in conversation, and to be written down.

import { chooseMe, hangUp, transfer } from './actions.js';
import {
  answeredMs, can, daysCalls, handedBy, isConnected, isLive, isMissed, me, nameAt, names, part, phase, result, startedMs, talker, who,
} from './calls.js';
import { h } from './dom.js';
import { count, duration, t } from './i18n.js';
import { icon } from './icons.js';
import { button, crmState, direction, history, initials, labels, notes, otherMatches, person } from './parts.js';
import { change, closeWork, drawNow, state } from './state.js';
import { work } from './work.js';

const MOST = 4;

/** The calls that have a card, most urgent first. */
export function urgent() {
  const live = daysCalls().filter((call) => part(call));
  const rank = { ringing: 0, talking: 1, dialling: 1 };
  live.sort((a, b) => rank[part(a)] - rank[part(b)] || startedMs(a) - startedMs(b));
  const after = [...state.open].map((id) => state.calls.get(id)).filter((call) => call && !isLive(call)).sort((a, b) => startedMs(b) - startedMs(a));
  return [...live.slice(0, me() ? 20 : MOST), ...after];
}

export function cards(calls) {
  return [me() ? null : watching(calls), ...calls.map((call) => (isLive(call) ? (part(call) === 'ringing' ? ringing(call) : conversation(call)) : after(call)))].filter(Boolean);
}

/** Whoever has not said who they are sees everybody's calls, and is told how to see only their own. */
function watching(calls) {
  if (calls.length === 0 || !state.agents?.length) return null;
  return h('div', { class: 'watching', key: 'watching' }, h('strong', null, t('me.ask')), choices('chip'), h('span', { class: 'faint' }, t('me.watching')));
}

function choices(kind) {
  return h('div', { class: 'chips' }, state.agents.map((agent) => h('button', { type: 'button', class: kind, key: agent.name, onclick: () => chooseMe(agent.name) },
    agent.name, h('span', { class: 'faint' }, [...new Set(Object.values(agent.extensions ?? {}))].join(', ')))));
}

function frame(call, kind, head, ...body) {
  return h('article', { class: `card call-card call-${kind}`, key: 'card-' + call.id, 'data-call': call.id, tabindex: -1, 'aria-label': `${head.label}: ${who(call)}` },
    h('header', { class: 'card-head' }, h('span', { class: `lamp lamp-${kind}`, 'aria-hidden': 'true' }), h('span', { class: 'card-state' }, head.label), head.more,
      head.tick !== undefined && h('span', { class: 'timer', tick: head.tick }), head.end),
    ...body);
}

function ringing(call) {
  const by = handedBy(call);
  const name = phase(call, 'ringing');
  const label = by ? t('ringing.transfer', { who: by }) : me() ? t('ringing') : t(phase(call, null));
  const at = !me() && call.rang?.length > 0 && h('span', { class: 'faint card-at' }, t('ringing.at', { who: names(call, call.rang) }));
  return frame(call, 'ringing', { label, more: at, tick: startedMs(call), name },
    person(call, true), labels(call),
    h('div', { class: 'card-columns' }, otherMatches(call), history(call)),
    h('div', { class: 'card-actions' },
      me() && h('span', { class: 'answer' }, icon('phone'), t('answer')),
      can(call, 'hangup') && button('bad', 'hangup', t('hangup'), () => hangUp(call))));
}

function conversation(call) {
  const now = phase(call);
  const mine = me() !== null;
  return frame(call, now, { label: t(now === 'talking' ? 'connected' : now === 'held' ? 'held' : now), tick: now === 'dialling' ? startedMs(call) : answeredMs(call) },
    person(call, true), cord(call, now), labels(call), transfers(call),
    controls(call),
    h('div', { class: 'card-columns' },
      mine && now !== 'dialling' && work(call),
      h('div', { class: 'column', key: 'known' }, otherMatches(call), history(call))));
}

/** Who is joined to whom: the customer's jack, the cord, the agent's jack. */
function cord(call, now) {
  const extension = talker(call);
  const agent = extension ? nameAt(call, extension) : null;
  const self = agent && agent === state.me;
  return h('div', { class: `cord cord-${now}` },
    h('span', { class: 'jack', 'aria-hidden': 'true' }, initials(who(call)) || '?'),
    h('span', { class: 'cord-name' }, call.direction === 'INTERNAL' ? t('internal') : t('customer')),
    h('span', { class: 'cord-line', 'aria-hidden': 'true' }),
    h('span', { class: 'cord-name' }, agent ? agent + (self ? ` (${t('you')})` : '') : '…'),
    h('span', { class: 'jack jack-agent', 'aria-hidden': 'true' }, agent ? initials(agent) || extension : '…'));
}

export function transfers(call) {
  if (!call.transfers?.length) return null;
  return h('ul', { class: 'transfers', key: 'transfers' }, call.transfers.map((one, index) => h('li', { key: index }, icon('transfer'),
    t(one.answered === false && !isLive(call) ? 'transfer.failed' : 'transfer.was', { from: nameAt(call, one.from), to: nameAt(call, one.to) }))));
}

function controls(call) {
  const movable = isConnected(call) && can(call, 'transfer');
  if (!movable && !can(call, 'hangup')) return null;
  const transferring = state.transferring === call.id;
  return h('div', { class: 'card-actions', key: 'controls' },
    movable && button('quiet', 'transfer', t('transfer'), () => openTransfer(call), { 'aria-expanded': String(transferring) }),
    can(call, 'hangup') && button('bad', 'hangup', t('hangup'), () => hangUp(call)),
    movable && transferring && transferForm(call));
}

function openTransfer(call) {
  const opening = state.transferring !== call.id;
  change({ transferring: opening ? call.id : null });
  drawNow();
  if (opening) document.getElementById('transfer-to')?.focus();
}

function transferForm(call) {
  const others = (state.agents ?? []).filter((agent) => agent.extensions?.[call.pbx] && agent.name !== state.me);
  const go = (event) => {
    event.preventDefault();
    const typed = event.currentTarget.elements.to.value.trim();
    const agent = others.find((one) => one.name.toLocaleLowerCase() === typed.toLocaleLowerCase());
    if (typed !== '') transfer(call, agent ? agent.extensions[call.pbx] : typed);
  };
  return h('form', { class: 'transfer-form', key: 'transfer', onsubmit: go },
    h('label', { class: 'unseen', for: 'transfer-to' }, t('transfer.to')),
    h('input', { id: 'transfer-to', name: 'to', class: 'field', type: 'text', autocomplete: 'off', list: 'transfer-agents', placeholder: t('transfer.hint'), required: true,
      onkeydown: (event) => { if (event.key === 'Escape') { event.stopPropagation(); change({ transferring: null }); } } }),
    h('datalist', { id: 'transfer-agents' }, others.map((agent) => h('option', { key: agent.name, value: agent.name }, `${agent.extensions[call.pbx]} · ${t('agent.' + agent.state)}`))),
    h('button', { type: 'submit', class: 'button main' }, t('transfer.go')),
    h('div', { class: 'chips' }, others.slice(0, 6).map((agent) => h('button', { type: 'button', class: 'chip', key: agent.name, onclick: () => transfer(call, agent.extensions[call.pbx]) },
      h('span', { class: `lamp lamp-agent-${agent.state}`, 'aria-hidden': 'true' }), agent.name, h('span', { class: 'faint' }, agent.extensions[call.pbx])))));
}

function after(call) {
  const summary = [result(call), duration(call.talkSeconds ?? call.connectedSeconds)].filter(Boolean).join(' · ');
  return frame(call, isMissed(call) ? 'missed' : 'after', {
    label: t('after'),
    more: h('span', { class: 'faint card-at' }, direction(call), summary),
    end: button('quiet done', 'check', t('done'), () => closeWork(call.id), { title: t('done.text') }),
  }, person(call, false),
  h('div', { class: 'card-columns' }, work(call), h('div', { class: 'column', key: 'known' }, notes(call), crmState(call), history(call))));
}

/** What is shown while nothing needs anybody: who am I, or the day in numbers. */
export function idle() {
  if (state.agents === null) return null;
  if (!me() && state.me === null && state.agents.length > 0) return h('div', { class: 'idle', key: 'idle' }, chooser(), figures());
  if (state.agents.length === 0) return h('div', { class: 'idle', key: 'idle' }, h('h2', null, t('me.none')), h('p', { class: 'soft' }, t('me.none.text')), figures());
  const paused = me()?.state === 'PAUSED';
  return h('div', { class: 'idle', key: 'idle' },
    h('div', { class: 'idle-jack' + (paused ? ' idle-paused' : ''), 'aria-hidden': 'true' }, icon(paused ? 'pause' : 'phone')),
    h('h2', null, t(paused ? 'ready.pause' : 'ready.title')),
    h('p', { class: 'soft' }, t(paused ? 'ready.pause.text' : me() ? 'ready.text' : 'ready.all')),
    figures());
}

function chooser() {
  return h('section', { class: 'chooser', 'aria-labelledby': 'chooser-title' },
    h('h2', { id: 'chooser-title' }, t('me.ask')),
    h('p', { class: 'soft' }, t('me.ask.text')),
    choices('chip chip-large'));
}

function figures() {
  const calls = daysCalls().filter((call) => !isLive(call) && call.direction !== 'INTERNAL');
  const extensionOf = (call) => me()?.extensions?.[call.pbx];
  const mine = me() ? calls.filter((call) => call.agent === extensionOf(call) || call.answeredBy?.includes(extensionOf(call)) || (isMissed(call) && call.rang?.includes(extensionOf(call)))) : calls;
  const answered = mine.filter((call) => call.direction === 'INBOUND' && call.answeredAt);
  const waits = answered.map((call) => call.waitSeconds).filter((wait) => typeof wait === 'number');
  const talk = mine.reduce((sum, call) => sum + (call.talkSeconds ?? call.connectedSeconds ?? 0), 0);
  const all = [
    [count(answered.length), 'sum.answered'],
    [count(mine.filter(isMissed).length), 'sum.missed'],
    [count(mine.filter((call) => call.direction === 'OUTBOUND').length), 'sum.outgoing'],
    [duration(talk), 'sum.talk'],
    waits.length > 0 && [duration(waits.reduce((a, b) => a + b, 0) / waits.length), 'sum.wait'],
  ].filter(Boolean);
  return h('dl', { class: 'figures' }, all.map(([value, name]) => h('div', { key: name }, h('dd', null, value), h('dt', null, t(name)))));
}
