// SPDX-License-Identifier: Apache-2.0
// Why things were decided so. The server says it in English sentences; each has its words here, and a test reads the
// sentences out of the server's classes, so that none stays without a translation.

import { clockExact, duration, t, word } from './i18n.js';

const KINDS = { person: 'CONTACT', company: 'COMPANY', lead: 'LEAD' };
const kind = (name) => t('type.' + KINDS[name]).toLocaleLowerCase();

/** The sentence as a pattern, the key of its words, and what its places mean. */
const SENTENCES = [
  ['Nobody else has the number.', 'because.alone'],
  [/^A (person|company|lead) comes before a (person|company|lead)\.$/, 'because.before', (one, two) => ({ one: kind(one), two: kind(two) })],
  [/^A (person|company|lead) comes after a (person|company|lead)\.$/, 'because.after', (one, two) => ({ one: kind(one), two: kind(two) })],
  ['It has an owner, the next one has none.', 'because.owner'],
  ['It has no owner, the one before has.', 'because.noOwner'],
  ['It changed later than the next one.', 'because.later'],
  ['It changed earlier than the one before.', 'because.earlier'],
  ['It is like the next one; the order is that of their ids.', 'because.alike'],
  ['It is like the one before; the order is that of their ids.', 'because.alike'],
  ["the PBX's record states it", 'because.record'],
  ['its end never came', 'because.lost'],
  ['the PBX said so', 'because.pbx'],
  ['the parties were connected', 'because.connected'],
  ['the voice mail took the call', 'because.voicemail'],
  ['the caller hung up before an answer', 'because.abandoned'],
  ['the PBX gave up before an answer', 'because.gaveUp'],
  ["the customer's leg ended so", 'because.customerLeg'],
  ["the agent's leg ended so", 'because.agentLeg'],
  ['the last of several agents who talked', 'because.lastAgent'],
  ["the PBX's own record wins over live events", 'because.recordWins'],
  ['a later record corrected the call', 'because.corrected'],
  ['The recording is not ready yet.', 'because.recordingLate'],
  [/^(\d+) deliveries wait, (\d+) are parked$/, 'because.backlog', (pending, parked) => ({ pending, parked })],
  [/^(\d+) deliveries wait, (\d+) are parked; last answer: (.*)$/s, 'because.backlogAnswer', (pending, parked, answer) => ({ pending, parked, answer: because(answer) })],
  [/^The call belongs to nobody in \w+, so a note has no place there$/, 'because.noPlace'],
  [/^(.+?): (?:INTERNAL_SERVER_ERROR, )?Internal server error\.?$/i, 'because.vendorFailed', (vendor) => ({ vendor })],
  [/^(?:\w+: )?(\w+) answered (\d{3})$/, 'because.answered', (vendor, status) => ({ vendor, status })],
  [/^(?:\w+: )?(\w+) cannot be reached: (.*)$/s, 'because.unreachable', (vendor, why) => ({ vendor, why: trouble(why) })],
  [/^(?:\w+: )?(\w+) was asked and the answer was lost: (.*)$/s, 'because.answerLost', (vendor, why) => ({ vendor, why: trouble(why) })],
  [/^by (LAST_TALKED|FIRST_TALKED|LONGEST_TALKED|CRM_OWNER|DIALLED|LAST_RANG|FALLBACK)$/, null, (name) => t('responsible.' + name)],
];

/** What happened to a connection. */
const TROUBLES = {
  'no such address is known here': 'trouble.unknown',
  'there is no way to it from here': 'trouble.noWay',
  'nobody answers there': 'trouble.nobody',
  'the connection could not be made secure': 'trouble.insecure',
  'it took too long': 'trouble.slow',
  'the connection was closed': 'trouble.closed',
  'the connection broke': 'trouble.broke',
};
const trouble = (why) => (why in TROUBLES ? t(TROUBLES[why]) : why);

/** A reason in the chosen language; what nobody knows stays as it came. */
export function because(text) {
  for (const [pattern, key, places] of SENTENCES) {
    const found = typeof pattern === 'string' ? text === pattern && [] : pattern.exec(text ?? '');
    if (found) return key === null ? places(...found.slice(1)) : t(key, places?.(...found.slice(1)));
  }
  return text;
}

/** A decision is told as `end=COMPLETED` or `responsible@main=Anna`: its name and its value as people say them. */
export function decision(what, nameAt) {
  const [, key, account, value] = /^(\w+)(?:@([^=]+))?=(.*)$/s.exec(what) ?? [null, null, null, what];
  const name = key && `${word('why.' + key, key)}${account ? ` (${account})` : ''}`;
  return { name, value: key === 'contact' ? contact(value) : shown(key, value, nameAt) };
}

/** `main/CONTACT/275` */
function contact(ref) {
  const [account, type, id] = ref.split('/');
  return id ? `${word('type.' + type, type)} ${id} (${account})` : ref;
}

/** What a late record made different: its name, and both values as people read them. */
export function correction({ what, before, after }, nameAt) {
  return t('correction.text', { what: word('why.' + what, what), before: shown(what, before, nameAt), after: shown(what, after, nameAt) });
}

function shown(what, value, nameAt) {
  if (value === 'null' || value === '[]' || value === undefined) return '—';
  if (what === 'end') return word('end.' + value, value);
  if (what === 'direction') return word('dir.' + value, value);
  if (what === 'agent') return nameAt(value);
  if (what === 'answeredBy') return value.replace(/^\[|\]$/g, '').split(', ').map(nameAt).join(', ');
  if (what === 'startedAt') return clockExact(value);
  if (what === 'connected') return length(value);
  return value;
}

/** PT1M5.5S as 1:05 */
function length(iso) {
  const parts = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?$/.exec(iso);
  return parts ? duration((parts[1] ?? 0) * 3600 + (parts[2] ?? 0) * 60 + Number(parts[3] ?? 0)) : iso;
}
