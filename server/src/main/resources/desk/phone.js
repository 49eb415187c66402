// SPDX-License-Identifier: Apache-2.0
// Numbers as people read them aloud. Only for the eye: what is sent is always the E.164 form.

const TWO = '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(' ');

const SHAPES = {
  7: ['### ###-##-##'],
  1: ['### ###-####'],
  375: ['## ###-##-##'],
  380: ['## ###-##-##'],
  998: ['## ###-##-##'],
  44: ['## #### ####'],
  49: ['### #######', '### ########'],
  33: ['# ## ## ## ##'],
};

export function pretty(number) {
  if (!number) return '';
  const match = /^\+(\d{4,15})(.*)$/.exec(number);
  if (!match) return number;
  const [, digits, rest] = match;
  const code = codeOf(digits);
  const local = digits.slice(code.length);
  const shape = (SHAPES[code] ?? []).find((s) => s.replace(/[^#]/g, '').length === local.length);
  return `+${code} ${shape ? into(shape, local) : inThrees(local)}${rest}`;
}

function codeOf(digits) {
  if (digits[0] === '1' || digits[0] === '7') return digits[0];
  return TWO.includes(digits.slice(0, 2)) ? digits.slice(0, 2) : digits.slice(0, 3);
}

function into(shape, digits) {
  let at = 0;
  return shape.replace(/#/g, () => digits[at++]);
}

function inThrees(digits) {
  const groups = digits.match(/\d{1,3}/g) ?? [];
  const last = groups.at(-1);
  if (groups.length > 1 && last.length === 1) groups.splice(-2, 2, groups.at(-2) + last);
  return groups.join(' ');
}
