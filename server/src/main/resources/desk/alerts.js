// SPDX-License-Identifier: Apache-2.0
// Makes a ringing phone noticed: the title, the icon, the screen reader, and a notification where it is wanted.

import { isConnected, isLive, me, part, who } from './calls.js';
import { t } from './i18n.js';
import { spoken } from './parts.js';
import { state } from './state.js';

const told = new Map(); // call id -> what was said last
const shown = new Map(); // call id -> Notification

export function alerts(cards) {
  const ringing = cards.filter((call) => isLive(call) && part(call) === 'ringing');
  title(ringing);
  icon(ringing.length > 0);
  for (const call of cards) speak(call);
  notify(ringing);
}

function title(ringing) {
  const text = ringing.length > 0 ? `${ringing.length > 1 ? `(${ringing.length}) ` : ''}☎ ${t('title.ringing', { who: who(ringing[0]) })}` : `Cordboard · ${t('desk')}`;
  if (document.title !== text) document.title = text;
}

function icon(ringing) {
  const link = document.getElementById('favicon');
  const href = ringing ? 'favicon-ringing.svg' : 'favicon.svg';
  if (link.getAttribute('href') !== href) link.setAttribute('href', href);
}

/** Says what changed, once. Who only watches is told about nothing but ringing. */
function speak(call) {
  const ringing = isLive(call) && part(call) === 'ringing';
  const now = ringing ? 'ringing ' + who(call) : isLive(call) ? (isConnected(call) ? 'answered' : '') : 'ended';
  if (!now || told.get(call.id) === now) return;
  const first = !told.has(call.id);
  told.set(call.id, now);
  if (ringing) {
    say('say-now', t('say.ringing', { who: spoken(call) }));
    // Whoever reads further down is shown the caller; whoever writes is not disturbed.
    if (first && !writing()) document.querySelector(`[data-call="${CSS.escape(call.id)}"]`)?.scrollIntoView({ block: 'nearest' });
  }
  if (!ringing && me() && !first) say('say', t(now === 'answered' ? 'say.answered' : 'say.ended', { who: who(call) }));
}

const writing = () => document.activeElement?.matches('textarea, input') ?? false;

export function say(id, text) {
  document.getElementById(id).textContent = text;
}

function notify(ringing) {
  if (!state.notify || !('Notification' in window) || Notification.permission !== 'granted') return;
  for (const call of ringing) {
    if (shown.has(call.id) || document.hasFocus() || !me()) continue;
    const note = new Notification(t('title.ringing', { who: who(call) }), { body: spoken(call), tag: call.id, icon: 'favicon-ringing.svg' });
    note.onclick = () => {
      window.focus();
      note.close();
    };
    shown.set(call.id, note);
  }
  for (const [id, note] of shown) {
    if (ringing.some((call) => call.id === id)) continue;
    note.close();
    shown.delete(id);
  }
}
