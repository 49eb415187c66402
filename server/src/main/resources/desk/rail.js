// SPDX-License-Identifier: Apache-2.0
// The room around the operator: colleagues, connections, and what is on its way to the CRM.

import { retry, select } from './actions.js';
import { plain } from './calls.js';
import { myDay } from './day.js';
import { h } from './dom.js';
import { t, word } from './i18n.js';
import { icon } from './icons.js';
import { button } from './parts.js';
import { because } from './reasons.js';
import { state } from './state.js';

const ORDER = ['RINGING', 'ON_CALL', 'WRAP_UP', 'AVAILABLE', 'PAUSED', 'UNKNOWN', 'OFFLINE'];

export function rail(settings) {
  return h('aside', { class: 'pane rail', 'aria-label': t('team') }, deliveries(), myDay(), team(), accounts(),
    h('section', { class: 'rail-block rail-settings', key: 'settings' }, h('h3', null, t('settings')), h('div', { class: 'settings' }, settings)));
}

function team() {
  const agents = [...(state.agents ?? [])].sort((a, b) => (b.name === state.me) - (a.name === state.me) || ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.name.localeCompare(b.name));
  return h('section', { class: 'rail-block', key: 'team' }, h('h3', null, t('team')),
    agents.length === 0 ? h('p', { class: 'faint' }, t('team.none'))
      : h('ul', { class: 'agents' }, agents.map((agent) => h('li', { key: agent.name, class: 'agent agent-' + agent.state },
        h('span', { class: `lamp lamp-agent-${agent.state}`, 'aria-hidden': 'true' }),
        h('span', { class: 'agent-name' }, agent.name, agent.name === state.me && h('span', { class: 'faint' }, ` (${t('you')})`),
          h('span', { class: 'faint agent-extension' }, ` ${[...new Set(Object.values(agent.extensions ?? {}))].join(', ')}`)),
        h('span', { class: 'agent-state' }, word('agent.' + agent.state, agent.state ?? ''), busy(agent) && agent.since && h('span', { class: 'timer', tick: Date.parse(agent.since) }))))));
}

const busy = (agent) => ['RINGING', 'ON_CALL', 'WRAP_UP', 'PAUSED'].includes(agent.state);

function accounts() {
  const all = Object.entries(state.health?.accounts ?? {});
  return h('section', { class: 'rail-block', key: 'accounts' }, h('h3', null, t('accounts')),
    state.troubleWithHealth ? h('p', { class: 'trouble' }, icon('warn'), t('accounts.failed'))
      : state.health && all.length === 0 ? h('p', { class: 'faint' }, t('accounts.none'))
        : h('ul', { class: 'accounts' }, all.map(([id, account]) => {
          const status = (account.status ?? '').toLowerCase();
          return h('li', { key: id, class: 'account account-' + status },
            h('span', { class: 'lamp lamp-account-' + status, 'aria-hidden': 'true' }),
            h('span', { class: 'account-name' }, id, kind(id)),
            status === 'up' ? h('span', { class: 'account-state' }, t('account.up')) : [
              h('span', { class: 'account-trouble' }, word('account.' + status, status)),
              account.detail && h('span', { class: 'account-detail' }, because(account.detail))]);
        })));
}

function kind(id) {
  const known = state.status.accounts?.find((one) => one.id === id);
  return known && h('span', { class: 'faint' }, ` ${known.vendor ?? t('account.' + known.kind)}`);
}

function deliveries() {
  const { pending = 0, parked = 0 } = state.counts;
  return h('section', { class: 'rail-block', key: 'deliveries' }, h('h3', null, t('deliveries')),
    parked === 0 && pending === 0 && h('p', { class: 'fine' }, icon('check'), t('deliveries.clear')),
    pending > 0 && h('p', { class: 'soft pending' }, icon('wait'), t('deliveries.pending', { n: pending })),
    parked > 0 && h('div', { class: 'parked', key: 'parked' },
      h('p', { class: 'parked-count' }, icon('warn'), h('strong', null, t('deliveries.parked', { n: parked }))),
      h('p', { class: 'faint' }, t('deliveries.parked.text')),
      h('ul', null, state.parked.slice(0, 8).map((one) => h('li', { key: one.id, 'data-delivery': one.id },
        h('div', { class: 'parked-head' }, h('strong', null, word('kind.' + plain(one.kind), one.kind ?? '')), h('span', { class: 'faint' }, ` ${one.account} · ${t('deliveries.attempts', { n: one.attempts ?? 0 })}`)),
        one.reason && h('p', { class: 'parked-reason' }, because(one.reason)),
        h('div', { class: 'parked-actions' }, button('small', 'retry', t('deliveries.retry'), () => retry([one.id])),
          one.call && button('small quiet', null, t('deliveries.show'), () => select(one.call)))))),
      state.parked.length > 1 && button('small', 'retry', t('deliveries.all'), () => retry(state.parked.map((one) => one.id)))));
}
