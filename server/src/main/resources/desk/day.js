// SPDX-License-Identifier: Apache-2.0
// My working day: one bar from its begin until now, what it adds up to, and its end.

import { choose } from './actions.js';
import { me } from './calls.js';
import { h } from './dom.js';
import { clock, duration, t, word } from './i18n.js';
import { button } from './parts.js';
import { state } from './state.js';

const WIDTH = 1000;
const SHOWN = ['AVAILABLE', 'ON_CALL', 'RINGING', 'WRAP_UP', 'PAUSED'];

export function myDay() {
  const day = state.day;
  if (!me() || !day || day.agent !== state.me) return null;
  const spans = begun(day.spans);
  return h('section', { class: 'rail-block my-day', key: 'my-day' }, h('h3', null, t('day')),
    spans.length === 0 ? h('p', { class: 'faint' }, t('day.none')) : [bar(spans), totals(day)],
    me().state !== 'OFFLINE' && h('p', { class: 'day-end' }, button('small quiet', 'exit', t('day.end'), () => choose('OFFLINE'), { id: 'day-end' })));
}

/** The day begins with the first thing that was done. */
function begun(spans) {
  const first = spans.findIndex((span) => SHOWN.includes(span.state));
  return first < 0 ? [] : spans.slice(first);
}

function bar(spans) {
  const from = Date.parse(spans[0].from);
  const to = Date.parse(spans.at(-1).to);
  const at = (moment) => Math.round(((Date.parse(moment) - from) / Math.max(1, to - from)) * WIDTH);
  return [
    h('svg', { class: 'day-bar', viewBox: `0 0 ${WIDTH} 12`, preserveAspectRatio: 'none', role: 'img', 'aria-label': spans.map(spoken).join(', ') },
      spans.map((span) => h('rect', { class: `day-span day-${span.state}`, key: span.from, x: at(span.from), width: Math.max(1, at(span.to) - at(span.from)), y: 0, height: 12 },
        h('title', null, spoken(span))))),
    h('p', { class: 'day-ends faint' }, h('span', null, clock(spans[0].from)), h('span', null, clock(spans.at(-1).to)))];
}

function spoken(span) {
  return `${clock(span.from)}–${clock(span.to)} ${word('agent.' + span.state, span.state)}${span.detail ? ` (${span.detail})` : ''}`;
}

function totals(day) {
  return h('ul', { class: 'day-totals' }, SHOWN.filter((one) => day.totalSeconds[one] >= 1).map((one) => h('li', { key: one },
    h('span', { class: `day-dot day-${one}`, 'aria-hidden': 'true' }), word('agent.' + one, one), h('span', { class: 'day-time' }, duration(day.totalSeconds[one])))));
}
