// SPDX-License-Identifier: Apache-2.0
// One call of the list in full: facts, what happened, and why it was decided so.

import { dial } from './actions.js';
import { agentCan, isLive, isMissed, me, nameAt, names, party, responsibleWhy, result } from './calls.js';
import { transfers } from './cards.js';
import { h } from './dom.js';
import { clockExact, duration, moment, t, word } from './i18n.js';
import { icon } from './icons.js';
import { focusList } from './list.js';
import { button, crmState, direction, history, iconButton, labels, notes, otherMatches, person } from './parts.js';
import { because, correction, decision } from './reasons.js';
import { change, drawNow, openWork, state } from './state.js';

export function detail(call) {
  const loading = state.details.get(call.id);
  return h('article', { class: 'card detail', key: 'detail-' + call.id, id: 'detail', tabindex: -1, 'aria-label': t('detail') },
    h('header', { class: 'card-head' },
      direction(call),
      h('span', { class: 'card-state' }, t('dir.' + call.direction)),
      h('span', { class: 'faint card-at' }, moment(call.startedAt)),
      h('span', { class: 'card-end' }, iconButton('close', t('detail.back'), closeDetail))),
    person(call, false),
    labels(call),
    h('div', { class: 'card-actions' }, call.customer && me() && agentCan(me(), 'dial') && call.direction !== 'INTERNAL' && button(isMissed(call) ? 'main' : 'quiet', 'phone', t(isMissed(call) ? 'callback' : 'callagain'), () => dial(call.customer)),
      !isLive(call) && !state.open.has(call.id) && button('quiet', 'note', t('wrap.open'), () => write(call))),
    loading?.trouble && h('p', { class: 'trouble' }, icon('warn'), `${loading.trouble.message} ${loading.trouble.fix ?? ''}`),
    h('div', { class: 'card-columns' }, facts(call), h('div', { class: 'column', key: 'written' }, notes(call), crmState(call))),
    transfers(call),
    h('div', { class: 'card-columns' }, timeline(call, loading), reasons(call)),
    h('div', { class: 'card-columns' }, otherMatches(call), history(call)));
}

function write(call) {
  openWork(call.id);
  drawNow();
  document.getElementById('note-' + call.id)?.focus();
}

export function closeDetail() {
  const id = state.selected;
  change({ selected: null, tab: 'calls' });
  drawNow();
  focusList(id);
}

function facts(call) {
  const end = [result(call), call.endedBy && t('by.' + call.endedBy)].filter(Boolean).join(', ');
  const recording = call.recording?.available ? t('fact.recording.yes') : call.recording?.name ? t('fact.recording.waiting') : null;
  const all = [
    ['fact.started', clockExact(call.startedAt)],
    ['fact.wait', typeof call.waitSeconds === 'number' && duration(call.waitSeconds)],
    ['fact.connected', call.answeredAt && !isLive(call) && duration(call.connectedSeconds)],
    ['fact.talk', call.answeredAt && typeof call.talkSeconds === 'number' && duration(call.talkSeconds)],
    ['fact.hold', call.holdSeconds > 0 && duration(call.holdSeconds)],
    ['fact.rang', names(call, call.rang)],
    ['fact.answered', names(call, call.answeredBy)],
    ['fact.consulted', names(call, call.consulted)],
    ['fact.end', end],
    ['fact.recording', recording],
    ['fact.pbx', call.pbx],
    ['fact.id', call.id],
  ].filter(([, value]) => value);
  return h('section', { class: 'block', key: 'facts' }, h('h4', null, t('facts')),
    h('dl', { class: 'facts' }, all.map(([name, value]) => h('div', { key: name }, h('dt', null, t(name)), h('dd', null, value)))));
}

function timeline(call, loading) {
  const events = call.events ?? [];
  return h('section', { class: 'block', key: 'timeline' }, h('h4', null, t('timeline')),
    events.length === 0
      ? h('p', { class: 'faint' }, t(loading?.loading ? 'calls.loading' : 'timeline.none'))
      : h('ol', { class: 'timeline' }, events.map((event, index) => h('li', { key: index, class: 'event event-' + event.type },
        h('span', { class: 'event-dot', 'aria-hidden': 'true' }),
        h('time', { datetime: event.at }, clockExact(event.at)),
        h('span', null, told(call, event))))));
}

function told(call, raw) {
  const event = party(raw);
  const whose = event.party === 'AGENT' || event.extension ? nameAt(call, event.extension ?? '') : event.party ? word('party.' + event.party, event.party) : legOwner(call, event.leg);
  if (event.type === 'Arrived' && call.direction !== 'INBOUND' && event.agent) return t('ev.Arrived.out', { who: nameAt(call, event.agent) });
  const values = {
    who: whose, queue: event.queue, why: word('leg.' + event.why, event.why ?? ''),
    from: nameAt(call, event.from ?? event.by ?? ''), to: nameAt(call, event.to ?? event.whom ?? ''),
  };
  return [word('ev.' + event.type, null) ? t('ev.' + event.type, values) : event.type, event.code && h('span', { class: 'faint' }, ` ${event.code}`)];
}

function legOwner(call, id) {
  const found = call.legs?.find((one) => one.id === id) ?? call.events?.find((one) => one.leg === id && one.party);
  if (!found?.party) return t('party.leg');
  const leg = party(found);
  return leg.extension ? nameAt(call, leg.extension) : word('party.' + leg.party, leg.party);
}

function decided(what, at) {
  const { name, value } = decision(what, at);
  return h('dt', null, name && h('span', { class: 'faint' }, `${name}: `), value);
}

function reasons(call) {
  const at = (extension) => nameAt(call, extension);
  const why = [...(call.why ?? [])];
  if (call.responsible && !why.some((one) => one.what?.startsWith('responsible'))) why.push({ what: `responsible=${call.responsible.agent}`, because: responsibleWhy(call) });
  return [why.length > 0 && h('section', { class: 'block', key: 'why' }, h('h4', null, t('why')),
    h('dl', { class: 'reasons' }, why.map((one, index) => h('div', { key: index }, decided(one.what, at), h('dd', null, because(one.because)))))),
  call.corrections?.length > 0 && h('section', { class: 'block', key: 'corrections' }, h('h4', null, t('corrections')),
    h('ul', { class: 'corrections' }, call.corrections.map((one, index) => h('li', { key: index }, correction(one, at), h('span', { class: 'faint' }, ` ${clockExact(one.at)}`)))))];
}
