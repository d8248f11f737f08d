import { describe, expect, it } from 'vitest';
import { BLACK, blackOut, namesPerson, type OwnValue } from './black-out.ts';

const values: OwnValue[] = [
  { field: 'full-name', value: 'Änne-Marie Müller' },
  { field: 'former-names', value: 'Änne-Marie Østergård' },
  { field: 'email', value: 'Anne.Mueller@Example.test' },
  { field: 'phone', value: '+49 171 555 01 23' },
  { field: 'document-number', value: 'C01X00T47' },
  { field: 'iban', value: 'DE89 3704 0044 0532 0130 00' },
  { field: 'birth-date', value: '1980-03-07' },
  { field: 'residence', value: 'Lindenallee 17\n10115 Berlin' },
];
const out = (text: string): string => blackOut(text, values, false);

describe('what a text says of a person', () => {
  it.each([
    ['as it is written', 'Call Änne-Marie Müller now.', `Call ${BLACK} now.`],
    ['in other order and case', 'MULLER, ANNE MARIE called', `${BLACK} called`],
    ['decomposed', 'Änne-Marie Müller'.normalize('NFD'), BLACK],
    ['with an initial between', 'Änne Marie B. Müller, client', `${BLACK}, client`],
    ['a former name', 'born anne marie ostergard.', `born ${BLACK}.`],
    ['an address of mail', 'to <anne.mueller@example.TEST>.', `to <${BLACK}>.`],
    ['a telephone number', 'ring 0049-171/5550123 please', `ring ${BLACK} please`],
    ['a telephone number without its country', 'ring 0171 5550123', `ring ${BLACK}`],
    ['the number of a document', 'passport c01x-00t47;', `passport ${BLACK};`],
    ['an account in groups', 'from DE89370400440532013000, twice', `from ${BLACK}, twice`],
  ])('is blacked out: %s', (_what, text, expected) => {
    expect(out(text)).toBe(expected);
    expect(namesPerson(text, values)).toBe(true);
    expect(namesPerson(expected, values)).toBe(false);
  });

  it.each([
    'Anne Marie Mueller-Schmidt wrote',
    'xanne.mueller@example.tests',
    'payment C01X00T478 and AC01X00T47',
    'Berlin is large; it was on 7 March 1980.',
    'Mr Müller of another bank',
    '1555012311',
    '',
  ])('is nobody else’s: %s', (text) => {
    expect(out(text)).toBe(text);
  });

  it('takes a surname alone, a date of birth and an address with it, once the person is meant', () => {
    expect(
      out(
        'Änne-Marie Müller, born 7 March 1980 (07.03.1980, 1980-03-07), of Lindenallee 17. Ms Müller agreed; we grind, not a müller.',
      ),
    ).toBe(
      `${BLACK}, born ${BLACK} (${BLACK}, ${BLACK}), of ${BLACK}. Ms ${BLACK} agreed; we grind, not a müller.`,
    );
    expect(blackOut('Ms Müller agreed', values, true)).toBe(`Ms ${BLACK} agreed`);
  });

  it('says nothing of how long it was, and leaves what others said', () => {
    expect(out('Änne-Marie Müller and Bob Stone')).toBe(`${BLACK} and Bob Stone`);
  });

  it.each<[string, OwnValue, string]>([
    ['a short telephone number', { field: 'phone', value: '901820' }, 'Paid 901820 to them.'],
    ['a given name alone', { field: 'full-name', value: 'Anna' }, 'Anna Schmidt called.'],
    ['a word as a number', { field: 'document-number', value: 'WITHDRAWAL' }, 'The withdrawal.'],
  ])('does not mean them by what others write as well: %s', (_what, value, text) => {
    expect(namesPerson(text, [value])).toBe(false);
  });

  it.each<[string, OwnValue, string]>([
    [
      'a sentence as an address of mail',
      { field: 'email', value: 'the destination belongs to the approver himself' },
      'Rejected: the destination belongs to the approver himself.',
    ],
    [
      'a sentence as a name',
      {
        field: 'full-name',
        value: 'Rejected the destination of this belongs to the approver himself',
      },
      'Rejected: the destination of this belongs to the approver himself.',
    ],
    [
      'a sentence as the number of a document',
      { field: 'document-number', value: 'paid 1000, not 9000' },
      'We paid 1000, not 9000.',
    ],
  ])('is not told, nor blacked out, by what no form takes: %s', (_what, value, text) => {
    expect(namesPerson(text, [value])).toBe(false);
    expect(blackOut(text, [value], true)).toBe(text);
  });

  it.each([
    'The ransom went to DE89 3704 0044 0532 0130 00 on Friday.',
    'It went to DE89370400440532013000.',
    'Paid 1 532 013 000 of them, 4.532.013.000 and 532 013 000.50',
    'Reference 2026-532013000, case AB532013000, 0532013000X',
    'Account 0044 0532 0130 00',
  ])('takes a telephone number out of no longer number: %s', (text) => {
    const value: OwnValue = { field: 'phone', value: '+49 532 013000' };
    expect(namesPerson(text, [value])).toBe(false);
    expect(blackOut(text, [value], true)).toBe(text);
  });

  it.each([
    [
      '+49 532 013000',
      'Ring +49 (0)532 013000, or (0532) 01 30 00!',
      `Ring ${BLACK}, or ${BLACK}!`,
    ],
    ['0532 013000', 'Ring 0049 532-013000.', `Ring ${BLACK}.`],
    ['+1 555 123 4567', 'At (555) 123-4567; 1-555-123-4567', `At ${BLACK}; ${BLACK}`],
    ['+48 601 234 567', 'Tel. 601 234 567 / 0171 5550123', `Tel. ${BLACK} / 0171 5550123`],
  ])('takes a telephone number as people write it: %s', (value, text, expected) => {
    expect(blackOut(text, [{ field: 'phone', value }], false)).toBe(expected);
  });

  it('leaves a given name and a surname within the name of somebody else', () => {
    const others = new Set(['mia muller', 'anne schmidt']);
    expect(
      blackOut(
        'Änne-Marie Müller met Mia Müller and Anne Schmidt; Müller left.',
        values,
        true,
        others,
      ),
    ).toBe(`${BLACK} met Mia Müller and Anne Schmidt; ${BLACK} left.`);
  });
});
