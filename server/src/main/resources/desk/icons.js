// SPDX-License-Identifier: Apache-2.0
// Line icons on a 20 x 20 grid, drawn by hand for this page.

import { h } from './dom.js';

const PATHS = {
  in: 'M14.5 5.5 6 14M6 7.5V14h6.5',
  out: 'M5.5 14.5 14 6M7.5 6H14v6.5',
  internal: 'M4 7h11M12 4l3 3-3 3M16 13H5M8 10l-3 3 3 3',
  missed: 'M3.5 6.5 10 13l6.5-6.5M3.5 11V6.5H8',
  phone: 'M6.2 3.5 4 4.6c-.6.3-.9 1-.7 1.6 1.4 5.2 5.3 9.1 10.5 10.5.6.2 1.3-.1 1.6-.7l1.1-2.2-3.7-2.3-1.5 1.5c-1.7-.8-3-2.1-3.8-3.8l1.5-1.5z',
  hangup: 'M3 12.5c3.8-4 10.2-4 14 0l-1.6 2-3-1.2v-2a8 8 0 0 0-4.8 0v2l-3 1.2z',
  transfer: 'M3 6.5h10.5M10.5 3.5l3 3-3 3M17 13.5H9',
  ticket: 'M3.5 5.5h13v3a1.6 1.6 0 0 0 0 3.2v2.8h-13v-2.8a1.6 1.6 0 0 0 0-3.2zM11.5 5.5v9',
  note: 'M5 3.5h7.5l3 3v10H5zM8 9.5h5M8 12.5h5',
  open: 'M8 4.5H4.5v11h11V12M11.5 4.5h4v4M15.5 4.5l-6 6',
  copy: 'M7.5 7.5h8v8h-8zM12.5 7.5v-3h-8v8h3',
  search: 'M9 14a5 5 0 1 0 0-10 5 5 0 0 0 0 10zM12.7 12.7 16.5 16.5',
  pause: 'M7.5 5v10M12.5 5v10',
  play: 'M7 5l8 5-8 5z',
  check: 'M4.5 10.5l3.5 3.5 7.5-8',
  wait: 'M10 5.5V10l3 2M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14z',
  warn: 'M10 4 2.8 16.2h14.4zM10 8.5v3.5M10 14.2v.1',
  close: 'M5 5l10 10M15 5 5 15',
  retry: 'M15.5 10a5.5 5.5 0 1 1-1.7-4M14.5 3v3.5H11',
  sun: 'M10 13.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM10 2.5v1.7M10 15.8v1.7M2.5 10h1.7M15.8 10h1.7M4.7 4.7l1.2 1.2M14.1 14.1l1.2 1.2M15.3 4.7l-1.2 1.2M5.9 14.1l-1.2 1.2',
  moon: 'M16 11.8A6.5 6.5 0 0 1 8.2 4 6.5 6.5 0 1 0 16 11.8z',
  auto: 'M10 3.5a6.5 6.5 0 1 0 0 13zM10 3.5a6.5 6.5 0 0 1 0 13',
  keyboard: 'M2.5 5.5h15v9h-15zM5.5 8.5h.1M8.5 8.5h.1M11.5 8.5h.1M14.5 8.5h.1M6.5 11.7h7',
  bell: 'M5.5 13.5V9a4.5 4.5 0 0 1 9 0v4.5l1 1h-11zM8.5 16.5h3',
  bellOff: 'M5.5 13.5V9a4.5 4.5 0 0 1 9 0v4.5l1 1h-11zM8.5 16.5h3M4 4l12 12',
  left: 'M12 4.5 6.5 10l5.5 5.5',
  team: 'M7.5 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM3 15.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M13 9.5a2 2 0 1 0-.5-3.9M14 11.7c1.8.3 3 1.7 3 3.8',
  list: 'M7.5 5.5h9M7.5 10h9M7.5 14.5h9M3.7 5.5h.1M3.7 10h.1M3.7 14.5h.1',
  exit: 'M8.5 4.5h-4v11h4M12 6.5l3.5 3.5-3.5 3.5M15.5 10H8',
  record: 'M10 14a4 4 0 1 0 0-8 4 4 0 0 0 0 8z',
};

export function icon(name) {
  return h('svg', { class: 'icon', viewBox: '0 0 20 20', 'aria-hidden': 'true' }, h('path', { d: PATHS[name] }));
}

/** Two jacks and the cord that joins them: what an operator does all day. */
export function logo() {
  return h('svg', { class: 'logo', viewBox: '0 0 32 32', 'aria-hidden': 'true' },
    h('rect', { width: 32, height: 32, rx: 8, class: 'logo-plate' }),
    h('circle', { cx: 10, cy: 10, r: 4, class: 'logo-jack' }),
    h('circle', { cx: 22, cy: 22, r: 4, class: 'logo-jack' }),
    h('path', { d: 'M10 14c0 9 12-1 12 4', class: 'logo-cord' }));
}
