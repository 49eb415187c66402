// SPDX-License-Identifier: Apache-2.0
// The server's HTTP API. Every refusal becomes a Trouble that says what went wrong and what to do.

import { t } from './i18n.js';

const PATIENCE_MS = 15_000;

export class Trouble extends Error {
  constructor(status, message, fix) {
    super(message);
    this.status = status;
    this.fix = fix;
  }
}

let onLogin = () => {};
let skew = 0;

/** Sets what happens when the server wants to know who asks. */
export function whenRefused(action) {
  onLogin = action;
}

/** The server's time: an operator's clock may be wrong, waiting times must not be. */
export function now() {
  return Date.now() + skew;
}

export function serverSays(iso) {
  const then = Date.parse(iso);
  // The header has whole seconds; smaller differences are not worth a jumping timer.
  if (!Number.isNaN(then) && Math.abs(then - Date.now() - skew) > 1500) skew = then - Date.now();
}

export function get(path) {
  return ask('GET', path);
}

export function post(path, body) {
  return ask('POST', path, body ?? {});
}

async function ask(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body ? { 'Content-Type': 'application/json', Accept: 'application/json' } : { Accept: 'application/json' },
      body: body && JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch (e) {
    throw new Trouble(0, t('error.offline'), t('error.offline.fix'));
  }
  serverSays(response.headers.get('Date'));
  const answer = await response.json().catch(() => null);
  if (response.ok) return answer ?? {};
  if (response.status === 401 && path !== '/api/login') onLogin();
  // Health says "down" with a body that is worth showing.
  if (path === '/health' && answer?.accounts) return answer;
  throw new Trouble(response.status, answer?.error ?? t('error.status', { status: response.status }), answer?.fix ?? fix(response.status));
}

function fix(status) {
  if (status >= 500 || status === 429) return t('error.server.fix');
  return status === 404 || status === 409 || status === 410 ? t('error.gone.fix') : t('error.client.fix');
}

export const pathOf = (id, rest = '') => `/api/calls/${encodeURIComponent(id)}${rest}`;
