// SPDX-License-Identifier: Apache-2.0
// Pieces that several views are made of.

import { copyNumber, loadHistory, retry, select } from './actions.js';
import { now } from './api.js';
import {
  deliveryOf, isHidden, isKnown, isLive, isMissed, matches, names, ownerOf, reasonOf, responsibleWhy, result, who, writes,
} from './calls.js';
import { h, isLink } from './dom.js';
import { clock, day, duration, t, word } from './i18n.js';
import { icon } from './icons.js';
import { pretty } from './phone.js';
import { because } from './reasons.js';
import { state } from './state.js';

const MOST_NOTES = 3;

export function button(kind, name, text, onclick, more = {}) {
  return h('button', { type: 'button', class: 'button ' + kind, onclick, ...more }, name && icon(name), text && h('span', null, text));
}

export function iconButton(name, label, onclick, more = {}) {
  return h('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, onclick, ...more }, icon(name));
}

/** Ctrl and Enter send a form from any of its fields. */
export function submitKey(event) {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    event.currentTarget.requestSubmit();
  }
}

/** A link to a CRM's page. The other page learns nothing about this one. */
export function crmLink(url, text, kind = 'link', label = text) {
  if (!isLink(url)) return null;
  return h('a', { class: kind, href: url, target: '_blank', rel: 'noopener noreferrer', title: `${label} (${t('new_tab')})`, 'aria-label': `${label} (${t('new_tab')})` },
    icon('open'), text && h('span', null, text));
}

export function initials(name) {
  const letters = name.split(/[\s→]+/).filter((part) => /^\p{L}/u.test(part)).map((part) => [...part][0]);
  return letters.slice(0, 2).join('').toLocaleUpperCase();
}

function face(call) {
  const known = isKnown(call) || call.direction === 'INTERNAL';
  const letters = known ? initials(who(call)) : '';
  return h('div', { class: 'face' + (known ? '' : ' face-unknown'), 'aria-hidden': 'true' }, letters || (known ? icon('team') : '?'));
}

/** Who it is: name, company, number, owner. */
export function person(call, large) {
  const best = matches(call)[0];
  const type = best && h('span', { class: 'tag' }, word('type.' + best.type, best.type ?? ''));
  return h('div', { class: 'person' + (large ? ' person-large' : '') },
    face(call),
    h('div', { class: 'person-text' },
      h('div', { class: 'person-line' },
        h(large ? 'h2' : 'h3', { class: 'name' }, who(call)),
        !best && call.direction !== 'INTERNAL' && !isHidden(call) && h('span', { class: 'tag tag-unknown' }, t('unknown'))),
      best && h('div', { class: 'person-line soft' }, best.company && h('strong', null, best.company), type, best.account && h('span', { class: 'faint' }, best.account)),
      best && call.customer && numberLine(call),
      !best && !isHidden(call) && call.direction !== 'INTERNAL' && h('p', { class: 'faint' }, t('unknown.text')),
      isHidden(call) && h('p', { class: 'faint' }, t('hidden.text'))),
    best && crmLink(best.url, t('open'), 'button quiet person-open', `${t('open')}: ${best.name}`));
}

function numberLine(call) {
  return h('div', { class: 'person-line' },
    h('span', { class: 'number' }, pretty(call.customer)),
    iconButton('copy', t('copy'), () => copyNumber(call.customer), { class: 'icon-button small' }));
}

/** Owner, responsible, line and queue as small labelled words. */
export function labels(call) {
  const best = matches(call)[0];
  const why = responsibleWhy(call);
  const facts = [
    ownerOf(best) && [t('owner'), ownerOf(best)],
    call.responsible && [t('responsible'), call.responsible.agent + (why ? ` · ${why}` : '')],
    call.queue && [t('queue'), call.queue],
    call.line && [t('line'), pretty(/^\d{11,}$/.test(call.line) ? '+' + call.line : call.line)],
  ].filter(Boolean);
  return facts.length > 0 && h('dl', { class: 'labels' }, facts.map(([name, value]) =>
    h('div', { key: name }, h('dt', null, name), h('dd', null, value))));
}

/** Everybody who has the number, best first, each with the reason for its place. */
export function otherMatches(call) {
  const all = matches(call);
  if (all.length < 2) return null;
  return h('section', { class: 'block', key: 'matches' },
    h('h4', null, t('match.all', { n: all.length - 1 })),
    reasonOf(all[0]) && h('p', { class: 'faint first-why' }, t('match.why', { why: reasonOf(all[0]) })),
    h('ol', { class: 'matches', start: 2 }, all.slice(1).map((match, index) =>
      h('li', { key: `${match.account}/${match.type}/${match.id}` },
        h('span', { class: 'rank', 'aria-hidden': 'true' }, index + 2),
        h('span', { class: 'match-text' },
          h('span', { class: 'match-name' }, h('strong', null, match.name), match.company && ` · ${match.company}`,
            h('span', { class: 'tag' }, word('type.' + match.type, match.type ?? ''))),
          h('span', { class: 'faint' }, [reasonOf(match), ownerOf(match) && `${t('owner')}: ${ownerOf(match)}`].filter(Boolean).join(' · '))),
        crmLink(match.url, null, 'icon-button', `${t('open')}: ${match.name}`)))));
}

/** The last calls of this number. */
export function history(call) {
  if (!call.customer) return null;
  loadHistory(call);
  const known = state.histories.get(call.id);
  const earlier = (known?.calls ?? [])
    // What was written in the meantime is known from the events.
    .map((one) => ({ ...one, ...state.calls.get(one.id) }))
    .filter((one) => one.id !== call.id && Date.parse(one.startedAt) < Date.parse(call.startedAt)).slice(0, 4);
  const empty = known?.loading ? 'history.loading' : known?.failed ? 'history.failed' : 'history.none';
  return h('section', { class: 'block', key: 'history' },
    h('h4', null, t('history')),
    earlier.length === 0
      ? h('p', { class: 'faint' }, t(empty))
      : h('ul', { class: 'history' }, earlier.map((one) => h('li', { key: one.id }, pastCall(one)))));
}

function pastCall(call) {
  return h('button', { type: 'button', class: 'past', onclick: () => select(call.id) },
    direction(call),
    h('span', { class: 'past-when' }, day(call.startedAt, new Date(now()))),
    h('span', { class: 'past-who' }, isMissed(call) ? result(call) : [names(call, call.answeredBy), call.talkSeconds ?? call.connectedSeconds ? duration(call.talkSeconds ?? call.connectedSeconds) : result(call)].filter(Boolean).join(' · ')),
    call.notes?.slice(-MOST_NOTES).map((note, index) => h('span', { class: 'past-note', key: index }, said(note))));
}

const said = (note) => [note.disposition && word('d.' + note.disposition, note.disposition), note.text].filter(Boolean).join(': ');

/** What agents wrote about this call. */
export function notes(call) {
  if (!call.notes?.length) return null;
  return h('section', { class: 'block', key: 'notes' }, h('h4', null, t('notes')),
    h('ul', { class: 'notes' }, call.notes.map((note, index) => h('li', { key: index },
      h('span', { class: 'note-said' }, said(note)),
      h('span', { class: 'faint' }, [note.agent, note.at && clock(note.at)].filter(Boolean).join(' · '))))));
}

export function direction(call) {
  const missed = isMissed(call);
  const failed = !missed && !isLive(call) && call.direction === 'OUTBOUND' && !call.answeredAt;
  const name = missed ? 'missed' : call.direction === 'OUTBOUND' ? 'out' : call.direction === 'INTERNAL' ? 'internal' : 'in';
  const label = missed ? t('dir.missed') : t('dir.' + call.direction);
  return h('span', { class: `direction direction-${missed ? 'missed' : failed ? 'failed' : name}`, title: label }, icon(name), h('span', { class: 'unseen' }, label));
}

const CRM_ICON = { DONE: 'check', PENDING: 'wait', PARKED: 'warn' };

/** How far each write of this call is, account by account. */
export function crmState(call) {
  const all = writes(call);
  return h('section', { class: 'block', key: 'crm' },
    h('h4', null, t('crm')),
    all.length === 0
      ? h('p', { class: 'faint' }, t('crm.none'))
      : h('ul', { class: 'writes' }, all.map((write, index) => h('li', { key: write.account + write.kind + index, class: `write write-${(write.state ?? '').toLowerCase()}` },
        icon(CRM_ICON[write.state] ?? 'wait'),
        h('span', { class: 'write-what' }, word('kind.' + write.kind, write.kind), h('span', { class: 'faint' }, [write.department, write.account].filter(Boolean).join(' · '))),
        h('span', { class: 'write-state' }, word('crm.' + write.state, write.state ?? ''), write.state === 'DONE' && write.ref && !isLink(write.url) && h('span', { class: 'faint', title: write.ref }, ` #${brief(write.ref)}`)),
        write.state === 'DONE' && crmLink(write.url, null, 'icon-button small', `${t('open')}: ${word('kind.' + write.kind, write.kind)}`),
        write.state === 'PARKED' && retryButton(call, write),
        write.state !== 'DONE' && write.reason && h('span', { class: 'write-reason' }, because(write.reason))))));
}

/** Some CRMs' ids are as long as a line; their end tells them apart. */
function brief(ref) {
  return ref.length > 14 ? '…' + ref.slice(-10) : ref;
}

function retryButton(call, write) {
  const id = deliveryOf(call, write);
  return id !== null && button('small', 'retry', t('deliveries.retry'), () => retry([id]));
}

/** A short text for screens and ears: "Maria Kuznetsova, Vector LLC, +7 916 123-45-67". */
export function spoken(call) {
  const best = matches(call)[0];
  if (!best) return isHidden(call) || call.direction === 'INTERNAL' ? who(call) : `${t('unknown')}, ${pretty(call.customer)}`;
  return [best.name, best.company, pretty(call.customer)].filter(Boolean).join(', ');
}
