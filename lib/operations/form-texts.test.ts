import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { z } from 'zod';
import { invitationForm } from '#lib/identity/invite-operator.ts';
import { decisionForm } from './prepare-decision.ts';
import { destinationForm } from './prepare-destination.ts';
import { keyCeremonyForm } from './prepare-key-ceremony.ts';
import { withdrawalForm } from './prepare-withdrawal.ts';

const operation = randomUUID();
const address = '4Nd1mYQzvgV8Vr3Z3nYb7pD6T8K2jF2eqWxY2QqgM5Xr';
const chain = 'solana:sandbox';
const client = 'C-20001';
const withdrawal = { operation, client, vault: 'warm-1', destination: 'd-1', asset: 'SOL' };

const forms: [string, z.ZodType, string, object][] = [
  [
    'label of a destination',
    destinationForm,
    'label',
    { operation, client, chain, asset: 'SOL', address },
  ],
  ['name of a vault', keyCeremonyForm, 'name', { operation, vault: 'warm-2', tier: 'warm', chain }],
  ['reason of a withdrawal', withdrawalForm, 'reason', { ...withdrawal, amount: '1', memo: '' }],
  [
    'memo of a withdrawal',
    withdrawalForm,
    'memo',
    { ...withdrawal, amount: '1', reason: 'Asked for' },
  ],
  [
    'note of a rejection',
    decisionForm,
    'note',
    { operation, revision: 1, decision: 'reject', reason: 'other' },
  ],
  ['name of a person', invitationForm, 'displayName', { roles: ['officer'], group: null }],
];

it.each(forms)('the %s takes no text that hides something', (_what, form, field, others) => {
  expect(form.safeParse({ ...others, [field]: 'Own wallet' }).success).toBe(true);
  const refused = form.safeParse({ ...others, [field]: 'Own \u202Ewallet' });
  expect(refused.error?.issues.map(({ path, message }) => [path, message])).toEqual([
    [[field], expect.stringContaining('U+202E')],
  ]);
});
