import { describe, expect, it } from 'vitest';
import { isLei } from './lei.ts';

describe('Legal Entity Identifiers', () => {
  it('accepts identifiers of the public register', () => {
    // European Central Bank and GLEIF itself.
    for (const lei of ['549300DTUYXVMJXZNY75', '506700GE1G29325QX363']) {
      expect(isLei(lei), lei).toBe(true);
    }
  });

  it('refuses every digit taken for another digit and every letter for another letter', () => {
    const lei = '506700GE1G29325QX363';
    const kinds = ['0123456789', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    for (let at = 0; at < lei.length; at += 1) {
      const kind = kinds.find((characters) => characters.includes(lei[at] ?? ''));
      for (const other of kind ?? '') {
        if (other === lei[at]) continue;
        const changed = lei.slice(0, at) + other + lei.slice(at + 1);
        expect(isLei(changed), changed).toBe(false);
      }
    }
  });

  it('refuses other lengths, small letters, spaces and letters for check digits', () => {
    for (const text of [
      '',
      '506700GE1G29325QX36',
      '506700GE1G29325QX3630',
      '506700ge1g29325qx363',
      ' 506700GE1G29325QX363',
      '506700GE1G29325QX363\n',
      '506700GE1G29325QX3AB',
    ]) {
      expect(isLei(text), JSON.stringify(text)).toBe(false);
    }
  });

  it('refuses check digits that leave the right remainder but are never given', () => {
    // MOD 97-10 gives 02 to 98; 00, 01 and 99 would pass as 97, 98 and 02.
    const withCheck = (stem: string) =>
      Array.from({ length: 100 }, (_, digits) => stem + String(digits).padStart(2, '0'));
    for (let index = 0; index < 200; index += 1) {
      const stem = `5493${String(index).padStart(14, '0')}`;
      expect(withCheck(stem).filter(isLei).length).toBe(1);
    }
  });
});
