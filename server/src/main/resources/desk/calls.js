// SPDX-License-Identifier: Apache-2.0
// What can be said about a call: whose it is, who has to do with it, how it stands. No drawing here.

import { now } from './api.js';
import { t, word } from './i18n.js';
import { pretty } from './phone.js';
import { because } from './reasons.js';
import { state } from './state.js';

const OVER = new Set(['ENDED', 'SETTLED']);

export const isLive = (call) => !OVER.has(call.state);
export const isMissed = (call) => !isLive(call) && call.direction === 'INBOUND' && !call.answeredAt && !(call.answeredBy?.length);
export const isConnected = (call) => call.state === 'CONNECTED' || call.state === 'HELD';

export function me() {
  return state.agents?.find((agent) => agent.name === state.me) ?? null;
}

/** My extension in the call's PBX, or null. */
function mine(call) {
  return me()?.extensions?.[call.pbx] ?? null;
}

export function agentAt(pbx, extension) {
  return state.agents?.find((agent) => agent.extensions?.[pbx] === extension) ?? null;
}

/** What can be done with a call: its PBX's connector may or may not be able to. */
export function can(call, what) {
  if (!isLive(call)) return false;
  return (call.can ?? rolesOf(call.pbx)).includes(what);
}

/** Whether the PBX of an agent can dial or pause for them; while nobody says, it is offered and the server answers. */
export function agentCan(agent, what) {
  if (agent.can) return agent.can.includes(what);
  const known = Object.keys(agent.extensions ?? {}).filter((pbx) => state.status.accounts?.some((one) => one.id === pbx && one.can));
  return known.length === 0 || known.some((pbx) => rolesOf(pbx).includes(what));
}

function rolesOf(pbx) {
  return state.status.accounts?.find((one) => one.id === pbx)?.can ?? [];
}

/** The name of who is at an extension, or the extension. */
export function nameAt(call, extension) {
  return agentAt(call.pbx, extension)?.name ?? extension;
}

export function names(call, extensions) {
  return (extensions ?? []).map((extension) => nameAt(call, extension)).join(', ');
}

/**
 * What a call is to me right now: 'ringing', 'talking', 'dialling' or null. Who is nobody watches everything.
 * The legs say it exactly; a PBX that does not tell legs is understood from who rang and who answered.
 */
export function part(call) {
  if (!isLive(call)) return null;
  if (!me()) return isConnected(call) ? 'talking' : call.direction === 'OUTBOUND' ? 'dialling' : 'ringing';
  const extension = mine(call);
  if (!extension) return null;
  const own = call.legs?.map(party).filter((leg) => leg.extension === extension) ?? [];
  const legs = own.filter((leg) => !leg.endedAt);
  if (call.direction !== 'INBOUND' && call.agent === extension) return isConnected(call) ? 'talking' : 'dialling';
  if (legs.some((leg) => leg.answeredAt)) return 'talking';
  if (legs.length > 0) return 'ringing';
  if (own.length > 0) return null;
  if (me().call === call.id && me().state === 'RINGING') return 'ringing';
  if (isConnected(call)) return talker(call) === extension ? 'talking' : null;
  return call.state === 'RINGING' && call.rang?.includes(extension) ? 'ringing' : null;
}

/** The extension that talks with the customer now. */
export function talker(call) {
  const legs = call.legs?.map(party).filter((leg) => leg.party === 'AGENT' && leg.answeredAt && !leg.endedAt) ?? [];
  return legs.at(-1)?.extension ?? call.agent ?? call.answeredBy?.at(-1) ?? null;
}

/** A leg or an event with its party as two plain words: what it is, and the agent's extension. */
export function party(thing) {
  const whose = thing.party;
  return whose && typeof whose === 'object' ? { ...thing, party: whose.kind, extension: whose.extension ?? null } : thing;
}

/** Who hands this call to me while it rings at me, or null. */
export function handedBy(call) {
  const last = call.transfers?.at(-1);
  return last && isConnected(call) && last.to === mine(call) ? nameAt(call, last.from) : null;
}

/** Whether I had or have to do with a call. */
export function concernsMe(call) {
  const agent = me();
  if (!agent) return true;
  const extension = mine(call);
  const touched = [...(call.rang ?? []), ...(call.answeredBy ?? []), ...(call.consulted ?? []), call.agent];
  return (extension && touched.includes(extension)) || call.responsible?.agent === agent.name;
}

/** Whether I talked, so that there is something to write down. */
export function talkedByMe(call) {
  const extension = mine(call);
  return Boolean(extension) && ((call.answeredBy?.includes(extension) ?? false) || (call.direction === 'OUTBOUND' && call.agent === extension));
}

export function isHidden(call) {
  return call.direction !== 'INTERNAL' && !call.customer;
}

export function matches(call) {
  if (call.matchList?.length) return call.matchList;
  return call.contact ? [call.contact] : [];
}

/** The name of who owns a contact: the CRM says a user's id or a name; an id of a stranger tells nobody anything. */
export function ownerOf(match) {
  if (!match?.owner) return null;
  const agent = state.agents?.find((one) => one.users?.[match.account] === match.owner);
  return agent?.name ?? (/\p{L}{2}/u.test(match.owner) && !/\d/.test(match.owner) ? match.owner : null);
}

/** Why a match stands where it stands. */
export const reasonOf = (match) => because(match.because ?? null);

/** Who is at the other end, in one line. */
export function who(call) {
  const match = matches(call)[0];
  if (match) return match.name;
  if (call.direction === 'INTERNAL') {
    const from = call.agent ? nameAt(call, call.agent) : '';
    const to = call.answeredBy?.length ? names(call, call.answeredBy) : nameAt(call, call.customerRaw ?? '');
    return from && to ? `${from} → ${to}` : from || to || t('internal');
  }
  if (isHidden(call)) return call.customerRaw && /\d/.test(call.customerRaw) ? call.customerRaw : t('hidden');
  return pretty(call.customer);
}

export function isKnown(call) {
  return matches(call).length > 0;
}

/** Seconds as the server counts them, or as the clock does while the call lives. */
export const startedMs = (call) => Date.parse(call.startedAt);
export const answeredMs = (call) => Date.parse(call.answeredAt ?? call.startedAt);

/** The phase in words and as a name for colours. */
export function phase(call, role = part(call)) {
  if (!isLive(call)) return isMissed(call) ? 'missed' : 'over';
  if (role === 'ringing') return 'ringing';
  if (call.state === 'HELD') return 'held';
  if (isConnected(call)) return 'talking';
  if (call.direction === 'OUTBOUND') return 'dialling';
  return call.state === 'QUEUED' ? 'queued' : call.state === 'RINGING' ? 'ringing' : 'arriving';
}

export function result(call) {
  if (!call.end) return '';
  // For an outgoing call "the caller gave up" would be the agent.
  if (call.end === 'COMPLETED' && call.direction === 'OUTBOUND') return t('end.COMPLETED');
  return word('end.' + call.end, call.end);
}

export function responsibleWhy(call) {
  const why = call.responsible?.why;
  return why ? word('responsible.' + why, why) : '';
}

/** Everything in the list of the day, newest first. */
export function daysCalls() {
  const at = new Date(now());
  const midnight = new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
  return [...state.calls.values()]
    .filter((call) => !call.absorbedInto && (isLive(call) || startedMs(call) >= midnight))
    .sort((a, b) => startedMs(b) - startedMs(a) || (a.id < b.id ? 1 : -1));
}

export function filtered(calls, filter, search) {
  const wanted = search.trim().toLocaleLowerCase();
  const digits = wanted.replace(/[\s()+-]/g, '');
  return calls.filter((call) => {
    if (filter === 'mine' && !concernsMe(call)) return false;
    if (filter === 'missed' && !isMissed(call)) return false;
    return wanted === '' || found(call, wanted, digits);
  });
}

function found(call, wanted, digits) {
  if (/^\d{2,}$/.test(digits) && (call.customer ?? call.customerRaw ?? '').replace(/\D/g, '').includes(digits)) return true;
  const words = [who(call), call.queue, call.line, call.responsible?.agent, names(call, call.answeredBy), names(call, call.rang),
    ...matches(call).flatMap((match) => [match.name, match.company])];
  return words.some((text) => text && text.toLocaleLowerCase().includes(wanted));
}

/** The later call in which a missed caller was reached, or null. */
export function reachedLater(call, calls) {
  if (!call.customer) return null;
  return calls.find((other) => other.customer === call.customer && other.answeredAt && startedMs(other) > startedMs(call)) ?? null;
}

/** The deliveries of a call by account and kind: [{account, kind, state, ref, url, reason, id}]. */
export function writes(call) {
  if (call.deliveries?.length) return call.deliveries.map((one) => ({ ...one, kind: plain(one.kind) }));
  return Object.entries(call.crm ?? {}).flatMap(([account, entry]) => {
    const kinds = Object.entries(entry.kinds ?? {});
    if (kinds.length === 0) return entry.state ? [{ account, kind: 'logcall', ...entry }] : [];
    return kinds.map(([kind, write]) => ({
      account,
      kind: plain(kind),
      ...(typeof write === 'string' ? { state: write } : write),
    }));
  });
}

/** The ticket that the server would hand on, the newest that is not parked; null where its CRM has no departments. */
export function ticketToHandOn(call) {
  const ticket = writes(call).filter((write) => write.kind === 'openticket' && write.state !== 'PARKED').at(-1);
  return ticket && rolesOf(ticket.account).includes('escalate') ? ticket : null;
}

/** What became of handing a ticket on, the last time: {department, state, reason}, or null. */
export function lastHandOn(call) {
  return writes(call).filter((write) => write.kind === 'escalate').at(-1) ?? null;
}

/** LogCall, LOG_CALL and log-call are the same kind. */
export const plain = (kind) => (kind ?? '').replace(/[^a-z]/gi, '').toLowerCase();

/** The parked delivery behind a write, so that it can be tried again. */
export function deliveryOf(call, write) {
  if (write.id !== undefined) return write.id;
  const same = state.parked.filter((one) => one.call === call.id && one.account === write.account);
  const kind = same.find((one) => plain(one.kind) === write.kind);
  return (kind ?? (same.length === 1 ? same[0] : null))?.id ?? null;
}
