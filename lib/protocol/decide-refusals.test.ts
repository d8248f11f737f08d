import { describe, expect, test } from 'vitest';
import { partyRefusals, type PartyRefusal } from './refusals.ts';
import { changeBoundaries, changeCases } from './testing/refusal-cases/changes.ts';
import { boundaryCases } from './testing/refusal-cases/operation-boundaries.ts';
import { operationCases } from './testing/refusal-cases/operations.ts';
import { stateBoundaries, stateCases } from './testing/refusal-cases/state.ts';
import { moreStatementCases, statementCases } from './testing/refusal-cases/statements.ts';

const reached = { ...statementCases, ...operationCases, ...stateCases, ...changeCases };

/** Refusals that a decision never gives, and why. */
const elsewhere = {
  malformed: 'about the form of a message, before there is anything to decide',
  'genesis-missing': 'a party without a genesis has no roster to decide by',
  'genesis-exists': 'about pinning a genesis',
  'genesis-incomplete': 'about pinning a genesis',
  'genesis-mismatch': 'about pinning a genesis',
  'trust-heads-differ': 'about the rounds of a ceremony',
  'assertion-malformed': "a statement's own schema refuses it first",
  'expectation-malformed': 'a roster in force always gives usable values',
  'user-handle-mismatch': 'statements are attributed by key, and handles are not asked for',
  'synced-key-not-allowed':
    'a production roster lists no such key, and a key that turned into one has changed',
  'counter-regressed': 'statements arrive in another order than they were made',
  'transaction-not-a-transfer': "the party's own decoder says it before the decision",
  'cold-confirm-malformed': 'about the key press at a cold party, after its decision',
  'cold-confirm-differs': 'about the key press at a cold party, after its decision',
  'cold-confirm-foreign-group': 'about the key press at a cold party, after its decision',
  'cold-confirm-by-raiser': 'about the key press at a cold party, after its decision',
} as const satisfies Partial<Record<PartyRefusal, string>>;

test('every refusal is reached by a decision, or it is said why it can not be', () => {
  expect([...Object.keys(reached), ...Object.keys(elsewhere)].sort()).toEqual(
    Object.keys(partyRefusals).sort(),
  );
});

describe('each refusal is given', () => {
  test.each(Object.entries(reached))('%s', (refusal, decide) => expect(decide()).toBe(refusal));
});

const more = [...moreStatementCases, ...boundaryCases, ...stateBoundaries, ...changeBoundaries];
describe('on one side of a bound and not on the other', () => {
  test.each(more)('%s: %s', (_, refusal, decide) => expect(decide()).toBe(refusal));
});
