// SPDX-License-Identifier: Apache-2.0
// The ticket of a call goes on to a department: the offer, the form, and what became of it.

import { handOn } from './actions.js';
import { isLive, lastHandOn, ticketToHandOn } from './calls.js';
import { h } from './dom.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { button, submitKey } from './parts.js';
import { because } from './reasons.js';
import { draft, draftOf, drawNow, state } from './state.js';

const ICON = { DONE: 'check', PENDING: 'wait', PARKED: 'warn' };
const BLANK = { department: '', note: '' };
const offerId = (call) => 'handon-' + call.id;
const departmentId = (call) => 'handon-department-' + call.id;

/** Nothing where there is no ticket, or where its CRM has no departments. */
export function handOnWork(call, data) {
  if (isLive(call) || !ticketToHandOn(call)) return null;
  const last = lastHandOn(call);
  // One that is on its way comes first; where the ticket is then, nobody knows before.
  const offered = last?.state !== 'PENDING';
  return h('div', { class: 'handon', key: 'handon' },
    offered && (data.handOnOpen ? form(call, data) : offer(call)),
    // Always there, so that a screen reader hears what changes in it; and where the focus goes when the form is sent.
    h('div', { class: 'handon-state handon-' + (last?.state ?? 'none').toLowerCase(), key: 'state', id: 'handon-state-' + call.id, role: 'status', tabindex: -1 },
      last && became(last)));
}

function became(last) {
  return [icon(ICON[last.state] ?? 'wait'),
    h('span', { class: 'handon-words' }, t('handon.' + last.state, { department: last.department })),
    last.state !== 'DONE' && last.reason && h('span', { class: 'handon-reason' }, because(last.reason))];
}

function offer(call) {
  return button('quiet', 'transfer', t('handon.open'), () => openHandOn(call), {
    id: offerId(call), key: 'offer', 'data-focus': 'handon', 'aria-label': t('handon'), title: t('handon'), disabled: state.handingOn.has(call.id),
  });
}

export function openHandOn(call) {
  if (state.handingOn.has(call.id)) return;
  draft(call.id, { handOnOpen: true, handOn: draftOf(call.id).handOn ?? BLANK });
  drawNow();
  document.getElementById(departmentId(call))?.focus();
}

function closeHandOn(call) {
  draft(call.id, { handOnOpen: false });
  drawNow();
  document.getElementById(offerId(call))?.focus();
}

async function send(call) {
  const accepted = await handOn(call);
  drawNow();
  // The form has gone and its focus with it; whoever writes elsewhere by now is left alone.
  if (accepted && document.activeElement === document.body) document.getElementById('handon-state-' + call.id)?.focus();
}

function form(call, data) {
  const wanted = data.handOn ?? BLANK;
  // What was typed a moment ago is in the draft before it is drawn.
  const set = (patch) => draft(call.id, { handOn: { ...(draftOf(call.id).handOn ?? BLANK), ...patch } });
  const note = 'handon-note-' + call.id;
  return h('form', { class: 'handon-form', key: 'form', 'data-form': 'handon', 'aria-label': t('handon'), onsubmit: (event) => { event.preventDefault(); send(call); }, onkeydown: submitKey },
    h('div', { class: 'form-title' }, icon('transfer'), t('handon')),
    h('div', { key: 'department' }, h('label', { class: 'field-label', for: departmentId(call) }, t('ticket.department')), department(call, wanted, set)),
    h('div', { key: 'note' }, h('label', { class: 'field-label', for: note }, t('handon.note')),
      h('textarea', { id: note, class: 'field', rows: 3, maxlength: 4000, value: wanted.note, oninput: (event) => set({ note: event.target.value }) })),
    h('div', { class: 'form-end' },
      h('button', { type: 'submit', class: 'button main', disabled: state.handingOn.has(call.id) }, t('handon.go')),
      button('quiet', null, t('cancel'), () => closeHandOn(call)),
      h('kbd', { class: 'hint' }, 'Ctrl ↵')));
}

/** The departments that the ticket form offers; without a list it is typed, as there. */
function department(call, wanted, set) {
  const departments = state.status.departments ?? [];
  const props = { id: departmentId(call), class: 'field', required: true, value: wanted.department };
  return departments.length === 0
    ? h('input', { ...props, type: 'text', maxlength: 100, oninput: (event) => set({ department: event.target.value }) })
    : h('select', { ...props, onchange: (event) => set({ department: event.target.value }) },
      h('option', { value: '' }, t('handon.choose')),
      departments.map((one) => h('option', { value: one, key: one }, one)));
}
