/** The examples in `docs/contracts`: five of each document, made with software keys that never change. */
import type { DecideInput } from '#lib/protocol/decide-input.ts';
import { digestOf, type Intent } from '#lib/protocol/intent.ts';
import { intentKind } from '#lib/protocol/intent-kinds.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import type { PartyRefusal } from '#lib/protocol/refusals.ts';
import type { Roster, RosterPerson } from '#lib/protocol/roster.ts';
import { createSoftwareAuthenticator } from '#lib/protocol/software-authenticator.ts';
import type { SignedStatement } from '#lib/protocol/statement.ts';
import {
  at,
  destinationListing,
  inputFor,
  keyCeremony,
  personWith,
  policy,
  roster,
  rosterChange,
  withdrawal,
  type Name,
} from '#lib/protocol/testing/sample.ts';
import { sayFixed } from './sign.ts';

/** Documents by file name. */
type Examples<T> = Readonly<Record<string, T>>;

const travelling: Intent = {
  ...withdrawal,
  operation: '6f0a2f7e-90c4-4b8e-8d0a-51f1c9e3d7aa',
  amount: '1',
  memo: null,
  travelRule: 'ef'.repeat(32),
};

export const intents: Examples<Intent> = {
  '1-withdrawal': withdrawal,
  '2-withdrawal-with-travel-rule': travelling,
  '3-key-ceremony': keyCeremony,
  '4-roster-change': rosterChange,
  '5-destination-listing': destinationListing,
};

export const statements: Examples<SignedStatement> = {
  '1-raise': sayFixed('raisa', 'raise', withdrawal),
  '2-approve': sayFixed('adam', 'approve', withdrawal),
  '3-cosign': sayFixed('cora', 'cosign', withdrawal),
  '4-reject': sayFixed('kim', 'reject', withdrawal),
  '5-cancel': sayFixed('raisa', 'cancel', keyCeremony, { attempt: 2 }),
};

/** A version of the sample roster in which each key of one person is changed. */
function withKeys(
  version: number,
  index: number,
  changes: Partial<RosterPerson['credentials'][number]>,
): Roster {
  return {
    ...roster,
    version,
    previous: digestOf(roster),
    people: roster.people.map((person, place) =>
      place === index
        ? { ...person, credentials: person.credentials.map((key) => ({ ...key, ...changes })) }
        : person,
    ),
  };
}

/** Two keys for everyone and TLS, as production asks. */
function productionRoster(): Roster {
  const host = 'console.custodian.example';
  const people = roster.people.map((person, place): RosterPerson => {
    const credentials = [100, 150].flatMap((base) => {
      const seed = new Uint8Array(32).fill(base + place);
      return personWith('otto', createSoftwareAuthenticator({ rpId: host, seed })).credentials;
    });
    return { ...person, credentials: credentials.map((key) => ({ ...key, software: false })) };
  });
  const origins = [`https://${host}`, 'https://control.custodian.example'];
  return { ...roster, environment: 'production', relyingParty: { id: host, origins }, people };
}

export const rosters: Examples<Roster> = {
  '1-genesis': roster,
  '2-next-version': rosterChange.roster,
  '3-revoked-key': withKeys(2, 1, { revokedAt: at(-3600) }),
  '4-grant-with-end': withKeys(2, 3, { notAfter: at(86_400) }),
  '5-production': productionRoster(),
};

const large: Policy['rules'][number] = {
  id: 'large-withdrawal',
  name: 'Large withdrawals need two approvals and the recovery group',
  when: { kinds: ['withdrawal'], assets: ['SOL'], amountAbove: '100000000000' },
  outcome: {
    effect: 'allow',
    needs: [
      { group: 'control', decision: 'approve', people: 2 },
      { group: 'custody', decision: 'cosign', people: 1 },
      { group: 'recovery', decision: 'cosign', people: 1 },
    ],
  },
};
const closed: Policy['rules'][number] = {
  id: 'cold-closed',
  name: 'Nothing leaves a cold vault',
  when: { kinds: ['withdrawal'], tiers: ['cold'] },
  outcome: { effect: 'deny', reason: 'Cold vaults are closed for withdrawals.' },
};
const next = { version: 2, previous: digestOf(policy) } as const;

export const policies: Examples<Policy> = {
  '1-genesis': policy,
  '2-large-amounts': { ...policy, ...next, rules: [large, ...policy.rules] },
  '3-closed-tier': { ...policy, ...next, rules: [closed, ...policy.rules] },
  '4-two-assets': {
    ...policy,
    ...next,
    caps: [...policy.caps, { asset: 'USDC', perOperation: '250000000000' }],
  },
  '5-short-lifetimes': {
    ...policy,
    ...next,
    lifetimes: Object.fromEntries(
      intentKind.options.map((kind) => [kind, kind === 'withdrawal' ? 300 : 900]),
    ) as Policy['lifetimes'],
  },
};

/** A whole decision and the answer it must get. */
export type DecisionExample = {
  input: DecideInput;
  expected: { ok: true } | { ok: false; refusal: PartyRefusal };
};

function decisionOn(
  intent: Intent,
  changes: Partial<DecideInput> = {},
  third: Name = 'cora',
): DecideInput {
  const statements = [
    sayFixed('raisa', 'raise', intent),
    sayFixed('adam', 'approve', intent),
    sayFixed(third, 'cosign', intent),
  ];
  return inputFor(intent, { statements, ...changes });
}

export const decisions: Examples<DecisionExample> = {
  '1-withdrawal-accepted': { input: decisionOn(withdrawal), expected: { ok: true } },
  '2-listing-accepted': { input: decisionOn(destinationListing), expected: { ok: true } },
  '3-amount-changed-since': {
    input: decisionOn(withdrawal, { intent: { ...withdrawal, amount: '1250000001' } }),
    expected: { ok: false, refusal: 'digest-mismatch' },
  },
  '4-raiser-co-signs': {
    input: decisionOn(withdrawal, {}, 'raisa'),
    expected: { ok: false, refusal: 'raiser-in-quorum' },
  },
  '5-second-transaction': {
    input: decisionOn(withdrawal, {
      // The same nonce, but an earlier transaction that another account paid the fee of.
      ties: [
        'solana:nonce:3n1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T:D4xWLs4gDB4T3n1mBQtrMJVYVfKf2PJy9NZUZdTAsp7:4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T',
      ],
    }),
    expected: { ok: false, refusal: 'transaction-does-not-conflict' },
  },
};
