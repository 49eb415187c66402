// SPDX-License-Identifier: Apache-2.0
// What the operator writes about a call: the note with its outcome, and the ticket.

import { saveNote, saveTicket } from './actions.js';
import { now } from './api.js';
import { isMissed, who } from './calls.js';
import { h } from './dom.js';
import { handOnWork } from './handon.js';
import { t, word } from './i18n.js';
import { icon } from './icons.js';
import { button, submitKey } from './parts.js';
import { draft, draftOf, drawNow, state } from './state.js';

const OUTCOMES = ['Solved', 'Call back', 'Sale', 'Complaint', 'Wrong number', 'Spam'];
const PRIORITIES = ['LOW', 'NORMAL', 'HIGH'];

/** The forms; `talking` keeps them small while the operator listens. */
export function work(call) {
  const data = draftOf(call.id);
  return h('div', { class: 'work', key: 'work' }, noteForm(call, data), data.ticketOpen ? ticketForm(call, data) : ticketOffer(call, data), handOnWork(call, data));
}

function noteForm(call, data) {
  const id = 'note-' + call.id;
  const dispositions = state.status.dispositions?.length ? state.status.dispositions : OUTCOMES;
  return h('form', { class: 'note-form', 'data-form': 'note', onsubmit: (event) => { event.preventDefault(); saveNote(call); }, onkeydown: submitKey },
    h('label', { class: 'form-title', for: id }, icon('note'), t('note'), data.noteSaved !== undefined && data.note === '' && h('span', { class: 'saved' }, icon('check'), t('saved'))),
    h('textarea', {
      id, rows: 3, class: 'field', maxlength: 4000, placeholder: t('note.hint'), value: data.note ?? '', 'data-focus': 'note',
      oninput: (event) => draft(call.id, { note: event.target.value }),
    }),
    h('fieldset', { class: 'chips' },
      h('legend', { class: 'unseen' }, t('disposition')),
      dispositions.map((one) => chip(call, typeof one === 'string' ? { id: one, label: one } : one, data))),
    h('div', { class: 'form-end' },
      h('button', { type: 'submit', class: 'button main', disabled: Boolean(data.savingNote) }, t('note.save')),
      h('kbd', { class: 'hint' }, 'Ctrl ↵')));
}

function chip(call, one, data) {
  const chosen = data.disposition === one.id;
  return h('label', { class: 'chip' + (chosen ? ' chip-on' : ''), key: one.id },
    h('input', {
      type: 'radio', name: 'disposition-' + call.id, value: one.id, checked: chosen, class: 'unseen',
      onchange: () => draft(call.id, { disposition: one.id }),
      // A chosen outcome can be taken back, which radio buttons alone do not offer.
      onclick: (event) => { if (chosen) { event.target.checked = false; draft(call.id, { disposition: null }); } },
    }),
    word('d.' + one.id, one.label));
}

function ticketOffer(call, data) {
  return h('div', { class: 'ticket-offer', key: 'offer' },
    button('quiet', 'ticket', t('ticket.open'), () => openTicket(call), { 'data-focus': 'ticket' }),
    data.ticketSaved && h('span', { class: 'saved' }, icon('check'), data.ticketSaved));
}

export function openTicket(call) {
  draft(call.id, { ticketOpen: true, ticket: draftOf(call.id).ticket ?? blank(call) });
  drawNow();
  document.getElementById('ticket-title-' + call.id)?.focus();
}

function blank(call) {
  const title = t(isMissed(call) ? 'ticket.prefill.missed' : 'ticket.prefill', { who: who(call) });
  return { title, text: '', priority: 'NORMAL', department: '', due: '' };
}

function ticketForm(call, data) {
  const form = data.ticket ?? blank(call);
  const set = (patch) => draft(call.id, { ticket: { ...form, ...patch } });
  const id = (name) => `ticket-${name}-${call.id}`;
  const departments = state.status.departments ?? [];
  return h('form', { class: 'ticket-form', key: 'ticket', 'data-form': 'ticket', onsubmit: (event) => { event.preventDefault(); saveTicket(call, form); }, onkeydown: submitKey },
    h('div', { class: 'form-title' }, icon('ticket'), t('ticket')),
    h('div', { key: 'title' }, h('label', { class: 'field-label', for: id('title') }, t('ticket.title')),
      h('input', { id: id('title'), class: 'field', type: 'text', maxlength: 250, required: true, value: form.title, oninput: (event) => set({ title: event.target.value }) })),
    h('div', { key: 'text' }, h('label', { class: 'field-label', for: id('text') }, t('ticket.text')),
      h('textarea', { id: id('text'), class: 'field', rows: 3, maxlength: 8000, value: form.text, oninput: (event) => set({ text: event.target.value }) })),
    h('div', { class: 'fields' },
      h('fieldset', { class: 'segments' }, h('legend', { class: 'field-label' }, t('ticket.priority')),
        h('div', { class: 'segment-row' }, PRIORITIES.map((one) => h('label', { class: 'segment' + (form.priority === one ? ' segment-on' : '') + ' priority-' + one.toLowerCase(), key: one },
          h('input', { type: 'radio', class: 'unseen', name: id('priority'), value: one, checked: form.priority === one, onchange: () => set({ priority: one }) }), t('ticket.' + one))))),
      h('div', { key: 'department' }, h('label', { class: 'field-label', for: id('department') }, t('ticket.department')),
        departments.length === 0
          ? h('input', { id: id('department'), class: 'field', type: 'text', maxlength: 100, placeholder: t('ticket.department.none'), value: form.department, oninput: (event) => set({ department: event.target.value }) })
          : h('select', { id: id('department'), class: 'field', value: form.department, onchange: (event) => set({ department: event.target.value }) },
            h('option', { value: '' }, t('ticket.department.none')),
            departments.map((one) => h('option', { value: one, key: one }, one)))),
      h('div', { key: 'due' }, h('label', { class: 'field-label', for: id('due') }, t('ticket.due')),
        h('input', { id: id('due'), class: 'field', type: 'datetime-local', value: form.due, oninput: (event) => set({ due: event.target.value }) }))),
    h('div', { class: 'chips' },
      [['today', 0, 18], ['tomorrow', 1, 10], ['week', 7, 10]].map(([name, days, hour]) =>
        h('button', { type: 'button', class: 'chip', key: name, onclick: () => set({ due: local(days, hour) }) }, t('ticket.due.' + name))),
      form.due && h('button', { type: 'button', class: 'chip', key: 'clear', onclick: () => set({ due: '' }) }, t('ticket.due.clear'))),
    h('div', { class: 'form-end' },
      h('button', { type: 'submit', class: 'button main', disabled: Boolean(data.savingTicket) }, t('ticket.save')),
      button('quiet', null, t('cancel'), () => draft(call.id, { ticketOpen: false }))));
}

/** The value that an input of local date and time wants. */
function local(days, hour) {
  const at = new Date(now());
  at.setDate(at.getDate() + days);
  const two = (n) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(hour)}:00`;
}
