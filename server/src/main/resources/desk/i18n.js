// SPDX-License-Identifier: Apache-2.0
// Words, plurals, dates and durations of the chosen language.

import { strings } from './strings.js';

let lang = 'en';
let plural = new Intl.PluralRules('en');
let formats = new Map();

export const languages = { en: 'English', ru: 'Русский' };

export function speak(language) {
  lang = language in strings ? language : 'en';
  plural = new Intl.PluralRules(lang);
  formats = new Map();
  document.documentElement.lang = lang;
}

export function language() {
  return lang;
}

/** The words for a key; `{name}` is replaced, and an entry of plural forms is chosen by `n`. */
export function t(key, values = {}) {
  let words = strings[lang][key] ?? strings.en[key] ?? key;
  if (typeof words === 'object') words = words[plural.select(values.n)] ?? words.other;
  return words.replace(/\{(\w+)\}/g, (_, name) => (name in values ? String(values[name]) : ''));
}

/** Like `t`, but an unknown key gives the fallback: for words that come from the server. */
export function word(key, fallback) {
  return key in strings[lang] ? t(key) : fallback;
}

function format(options) {
  const key = JSON.stringify(options);
  // British order and 24 hours: an English-speaking contact centre anywhere reads 14:05 without doubt.
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, options));
  return formats.get(key);
}

export function clock(iso) {
  return iso ? format({ hour: '2-digit', minute: '2-digit' }).format(new Date(iso)) : '';
}

export function clockExact(iso) {
  return iso ? format({ hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(iso)) : '';
}

export function moment(iso) {
  return iso ? format({ day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' }).format(new Date(iso)) : '';
}

export function today(date) {
  return format({ weekday: 'long', day: 'numeric', month: 'long' }).format(date);
}

/** Today as the time, yesterday by its name, everything older as the date. */
export function day(iso, now) {
  const then = new Date(iso);
  const days = Math.round((midnight(now) - midnight(then)) / 86_400_000);
  if (days === 0) return `${relative(0)}, ${clock(iso)}`;
  if (days === 1) return `${relative(-1)}, ${clock(iso)}`;
  const sameYear = then.getFullYear() === now.getFullYear();
  return format(sameYear ? { day: 'numeric', month: 'short' } : { day: 'numeric', month: 'short', year: 'numeric' }).format(then);
}

function relative(days) {
  const words = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' }).format(days, 'day');
  return words[0].toLocaleUpperCase(lang) + words.slice(1);
}

function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** 0:07, 12:40, 1:02:09. */
export function duration(seconds) {
  const whole = Math.max(0, Math.floor(seconds ?? 0));
  const s = String(whole % 60).padStart(2, '0');
  const m = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  return hours > 0 ? `${hours}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

export function count(n) {
  return new Intl.NumberFormat(lang).format(n);
}
