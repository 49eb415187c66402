// SPDX-License-Identifier: Apache-2.0
// The line to the server: events as they happen, and a line that mends itself.

import { get, serverSays } from './api.js';

const SILENCE_MS = 45_000;
const LONGEST_MS = 30_000;

/**
 * Opens the line. `on` is told: `state('connecting' | 'live' | 'lost', retryAt)`, `call`, `agent`, `health`,
 * `deliveries`; and `open` whenever the line is there (again), because something may have been missed.
 */
export function listen(on) {
  let source = null;
  let failures = 0;
  let timer = 0;
  let pinged = 0;
  let closed = false;

  function open() {
    clearTimeout(timer);
    source?.close();
    if (closed) return;
    if (failures === 0) on.state('connecting');
    source = new EventSource('/api/events');
    source.onopen = () => {
      failures = 0;
      pinged = 0;
      on.state('live');
      on.open();
    };
    source.onerror = lost;
    for (const type of ['call', 'agent', 'health', 'deliveries']) {
      source.addEventListener(type, (event) => heard(event, on[type]));
    }
    source.addEventListener('ping', (event) => heard(event, (ping) => {
      pinged = performance.now();
      serverSays(ping.now);
    }));
  }

  function heard(event, action) {
    if (pinged) pinged = performance.now();
    let data;
    try {
      data = JSON.parse(event.data);
    } catch (e) {
      // One broken message must not end the line.
      return;
    }
    action(data);
  }

  async function lost() {
    source?.close();
    source = null;
    if (closed) return;
    failures++;
    const wait = Math.min(LONGEST_MS, 500 * 2 ** failures) * (0.75 + Math.random() / 2);
    clearTimeout(timer);
    timer = setTimeout(open, wait);
    const retryAt = Date.now() + wait;
    on.state('lost', retryAt);
    // An event source does not say why it failed; a request does, and asks for the login when that is it.
    const trouble = await get('/api/agents').then(() => null, (e) => e);
    if (trouble?.status > 0 && !closed && source === null) on.state('lost', retryAt, trouble.message);
  }

  function watch() {
    if (source && pinged && performance.now() - pinged > SILENCE_MS) lost();
  }

  const watcher = setInterval(watch, 5000);
  const hurry = () => source?.readyState === 1 || open();
  window.addEventListener('online', hurry);
  open();
  return {
    now: () => open(),
    close() {
      closed = true;
      clearTimeout(timer);
      clearInterval(watcher);
      window.removeEventListener('online', hurry);
      source?.close();
    },
  };
}
