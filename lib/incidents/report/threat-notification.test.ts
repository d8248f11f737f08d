import { expect, it } from 'vitest';
import { checkThreat, prefillThreat, threatText } from './threat-notification.ts';

const known = {
  entity: { name: 'Sample Custody SE', lei: '7LTWFZYICNSX8D621K86' },
  contacts: {
    'first-name': 'Mia Lindqvist',
    'first-email': 'incidents@sample-custody.example',
    'first-phone': '+49 69 1234567',
  },
  detected: '2026-03-02T09:00:00.000Z',
  description: 'A campaign against the firmware of signing devices.',
  yes: new Set(['could_affect_critical_services', 'could_meet_data_losses', 'reach']),
  told: [],
};
const whole = {
  ...prefillThreat(known),
  14: 'Keys could be read out of devices that are not updated.',
  16: 'active',
  17: 'Every device was updated.',
};

it('a notification of a threat is drafted from the file, the entity and the worksheet; people say the rest', () => {
  const values = prefillThreat(known);
  expect(values).toMatchObject({
    1: 'Sample Custody SE',
    12: '2026-03-02T09:00:00Z',
    15: ['data_losses', 'critical_services_affected'],
  });
  expect(checkThreat(values).map(({ no }) => no)).toEqual([14, 16, 17]);
  expect(checkThreat(whole)).toEqual([]);
});

it('what is no value of its field is found there', () => {
  const wrong = { ...whole, 2: 'SAMPLE', 7: 'no address', 12: 'yesterday', 16: 'perhaps' };
  expect(checkThreat(wrong).map(({ no, severity }) => [no, severity])).toEqual([
    [2, 'warning'],
    [7, 'blocking'],
    [12, 'blocking'],
    [16, 'blocking'],
  ]);
});

it('the document has each field that is filled, with its number and name, in the order of the Annex', () => {
  const { fields } = JSON.parse(threatText(whole, { number: 'TH-2026-000001' })) as {
    fields: { no: number }[];
  };
  expect(fields.map(({ no }) => no)).toEqual([1, 2, 6, 7, 8, 12, 13, 14, 15, 16, 17]);
});
