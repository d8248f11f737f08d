/** One way to each refusal about the party's own state, its peers, freezes, facts, waits and codes. */
import type { DecideInput } from '../../decide-input.ts';
import type { Policy, PolicyRule } from '../../policy.ts';
import type { PartyRefusal } from '../../refusals.ts';
import {
  changeTo,
  everyKind,
  FROZEN_BY,
  nextPolicy,
  policyChange,
  policyTightening,
} from '../every-kind.ts';
import {
  at,
  destinationListing,
  NOW,
  personIdOf,
  policy,
  roster,
  rosterChange,
  say,
  withdrawal,
} from '../sample.ts';
import {
  booksOf,
  MAX_AGE,
  policyWithSources,
  priceOf,
  riskOf,
  signFact,
  standingOf,
} from '../sources.ts';
import { holding, on, onWithdrawal, rosterWith, type Case } from './case.ts';

const [usual] = policy.rules;
if (usual?.outcome.effect !== 'allow') throw new Error('sample is incomplete');
const { outcome } = usual;
/** The sample policy in which withdrawals ask for something more. */
const asking = (more: Partial<typeof outcome>, of: Policy = policy): Policy => ({
  ...of,
  rules: of.rules.map((rule): PolicyRule =>
    rule === usual ? { ...rule, outcome: { ...outcome, ...more } } : rule,
  ),
});
const denyingAbove = (cents: string): Policy => ({
  ...policyWithSources,
  rules: [
    {
      id: 'dear',
      name: 'Not above',
      when: { kinds: ['withdrawal'], eurCentsAbove: cents },
      outcome: { effect: 'deny', reason: 'too much' },
    },
    ...policy.rules,
  ],
});
/** Withdrawals are refused while the books are short of more than so many lamports. */
const denyingShort = (units: string): Policy => ({
  ...policyWithSources,
  rules: [
    {
      id: 'short',
      name: 'Not while coins are missing',
      when: { kinds: ['withdrawal'], assets: [withdrawal.asset], shortfallAbove: units },
      outcome: { effect: 'deny', reason: 'less is there than the books say' },
    },
    ...policy.rules,
  ],
});
const shortOf = (...list: unknown[]): Case =>
  onWithdrawal({ policy: denyingShort('700'), facts: list });
const frozen = (scope: DecideInput['party']['freezes'][number]['scope']) => ({
  freezes: [{ operation: FROZEN_BY, scope }],
});
const slow = asking({ delaySeconds: 60 });
const locked: Policy = { ...policy, timeLockSeconds: 600 };
const waiting = (seconds: number, attempt = 1) => ({
  waits: [{ operation: withdrawal.operation, attempt, since: at(-seconds) }],
});
const facts = (...list: unknown[]): Case =>
  onWithdrawal({ policy: denyingAbove('1000000'), facts: list });

const channel = asking({ secondChannel: true });
const code = 'abcdefgh';
const coded = (said: string | null, shown: string): Case =>
  on(withdrawal, ({ party }) => ({
    policy: channel,
    party: { ...party, codes: [{ person: personIdOf('adam'), code: shown }] },
    statements: [
      say('raisa', 'raise', withdrawal),
      say('adam', 'approve', withdrawal, said === null ? {} : { channelCode: said }),
      say('cora', 'cosign', withdrawal),
    ],
  }));

/** The word of the other source of prices, which has to speak as well. */
const bank = signFact(priceOf(100, { by: 'bank' }), 'bank');

export const stateCases = {
  'clock-unreadable': onWithdrawal({ now: 'soon' }),
  'own-store-behind': holding({ peers: { word: 'behind', differing: [] } }),
  'groups-overlap': onWithdrawal({
    roster: {
      ...roster,
      people: [
        ...roster.people,
        ...rosterWith('adam', () => ({ group: 'custody' })).people.slice(1, 2),
      ],
    },
  }),
  'own-roster-unsound': onWithdrawal({
    roster: { ...roster, people: [...roster.people, ...roster.people.slice(0, 1)] },
  }),
  'own-policy-unsound': onWithdrawal({
    policy: { ...policy, rules: [...policy.rules, ...policy.rules.slice(0, 1)] },
  }),
  'party-not-in-roster': holding({ name: 'stranger' }),
  'everything-frozen': holding(frozen({ what: 'everything' })),
  'asset-frozen': holding(frozen({ what: 'asset', asset: 'SOL' })),
  'vault-frozen': holding(frozen({ what: 'vault', vault: 'warm-1' })),
  'fact-malformed': facts({ fact: priceOf(100) }),
  'fact-source-unknown': onWithdrawal({ facts: [signFact(priceOf(100), 'exchange')] }),
  'fact-unauthentic': facts(signFact(priceOf(100), 'bank')),
  'fact-from-the-future': facts(signFact(priceOf(100, { ageSeconds: -60.001 }), 'exchange')),
  'fact-missing': facts(),
  'delay-running': onWithdrawal({ policy: slow }),
  'time-lock-running': on(
    changeTo(nextPolicy({ caps: [{ asset: 'SOL', perOperation: '900000000000' }] }, locked)),
    { policy: locked },
  ),
  'channel-code-missing': coded(null, code),
  'channel-code-wrong': coded('abcdefgj', code),
  'peer-word-missing': holding({ peers: { word: 'none-yet', differing: [] } }),
  'peer-heads-differ': holding({ peers: { word: 'heard', differing: ['custody'] } }),
} as const satisfies Partial<Record<PartyRefusal, Case>>;

/** Both sides of each bound. */
export const stateBoundaries: readonly (readonly [string, PartyRefusal | null, Case])[] = [
  ['another asset is frozen', null, holding(frozen({ what: 'asset', asset: 'USDC' }))],
  ['another vault is frozen', null, holding(frozen({ what: 'vault', vault: 'warm-2' }))],
  [
    'an asset is frozen: its listing',
    'asset-frozen',
    holding(frozen({ what: 'asset', asset: 'SOL' }), destinationListing),
  ],
  [
    'another asset is frozen: a listing',
    null,
    holding(frozen({ what: 'asset', asset: 'USDC' }), destinationListing),
  ],
  [
    'everything is frozen: a looser policy',
    'everything-frozen',
    holding(frozen({ what: 'everything' }), policyChange),
  ],
  [
    'everything is frozen: a tighter policy',
    null,
    holding(frozen({ what: 'everything' }), policyTightening),
  ],
  [
    'an asset is frozen: a looser policy',
    null,
    holding(frozen({ what: 'asset', asset: 'SOL' }), policyChange),
  ],
  [
    'everything is frozen: people are changed',
    null,
    holding(frozen({ what: 'everything' }), rosterChange),
  ],
  [
    'everything is frozen: a key is refreshed',
    null,
    holding(frozen({ what: 'everything' }), everyKind['key-refresh']),
  ],
  [
    'a fact at its highest age',
    null,
    facts(bank, signFact(priceOf(100, { ageSeconds: MAX_AGE }), 'exchange')),
  ],
  [
    'a fact a millisecond older',
    'fact-missing',
    facts(bank, signFact(priceOf(100, { ageSeconds: MAX_AGE + 0.001 }), 'exchange')),
  ],
  [
    'a fact a minute ahead',
    null,
    facts(bank, signFact(priceOf(100, { ageSeconds: -60 }), 'exchange')),
  ],
  [
    'the word of one of two sources left out',
    'fact-missing',
    facts(signFact(priceOf(100), 'exchange')),
  ],
  [
    'a fact about another asset',
    'fact-missing',
    facts(
      bank,
      signFact({ ...priceOf(100), asset: 'USDC' } as ReturnType<typeof priceOf>, 'exchange'),
    ),
  ],
  [
    'a fact of another organisation',
    'fact-source-unknown',
    facts(signFact({ ...priceOf(100), organisation: 'other' }, 'exchange')),
  ],
  [
    'a fact of another environment',
    'fact-source-unknown',
    facts(signFact({ ...priceOf(100), environment: 'production' }, 'exchange')),
  ],
  [
    'a price from the source of verdicts',
    'fact-source-unknown',
    facts(signFact({ ...priceOf(100), source: 'screening' }, 'screening')),
  ],
  [
    'a verdict nobody asks for',
    'fact-missing',
    facts(signFact(riskOf('low'), 'screening'), signFact(standingOf('good'), 'compliance')),
  ],
  [
    'one forged fact beside a good one',
    'fact-unauthentic',
    facts(signFact(priceOf(100), 'exchange'), signFact(priceOf(1), 'bank')),
  ],
  [
    'the highest of several prices counts',
    'policy-denies',
    facts(
      signFact(priceOf(1), 'exchange'),
      signFact(priceOf(100_000, { by: 'bank' }), 'bank'),
      signFact(priceOf(2), 'exchange'),
    ),
  ],
  [
    'a shortfall above what the policy lets pass',
    'policy-denies',
    shortOf(signFact(booksOf('701'), 'reconciliation')),
  ],
  ['a shortfall at it', null, shortOf(signFact(booksOf('700'), 'reconciliation'))],
  ['a shortfall that nobody tells of', 'fact-missing', shortOf()],
  [
    'a word about shortfalls that is too old',
    'fact-missing',
    shortOf(signFact(booksOf('0', MAX_AGE + 0.001), 'reconciliation')),
  ],
  [
    'a word about the shortfall of another asset',
    'fact-missing',
    shortOf(
      signFact({ ...booksOf('0'), asset: 'USDC' } as ReturnType<typeof booksOf>, 'reconciliation'),
    ),
  ],
  [
    'a shortfall made smaller on the way',
    'fact-unauthentic',
    shortOf({ ...signFact(booksOf('701'), 'reconciliation'), fact: booksOf('0') }),
  ],
  [
    'a wait that is over to the millisecond',
    null,
    on(withdrawal, ({ party }) => ({ policy: slow, party: { ...party, ...waiting(60) } })),
  ],
  [
    'a millisecond before',
    'delay-running',
    on(withdrawal, ({ party }) => ({ policy: slow, party: { ...party, ...waiting(59.999) } })),
  ],
  [
    'the wait of another attempt',
    'delay-running',
    on(withdrawal, ({ party }) => ({ policy: slow, party: { ...party, ...waiting(60, 2) } })),
  ],
  [
    'the wait of another operation',
    'delay-running',
    on(withdrawal, ({ party }) => ({
      policy: slow,
      party: { ...party, waits: [{ operation: FROZEN_BY, attempt: 1, since: at(-60) }] },
    })),
  ],
  ['a code that is right', null, coded(code, code)],
  [
    'a code shown to somebody else',
    'channel-code-wrong',
    on(withdrawal, ({ party }) => ({
      policy: channel,
      party: { ...party, codes: [{ person: personIdOf('carl'), code }] },
      statements: [
        say('raisa', 'raise', withdrawal),
        say('adam', 'approve', withdrawal, { channelCode: code }),
        say('cora', 'cosign', withdrawal),
      ],
    })),
  ],
  [
    'the codes of another group are for its own party',
    null,
    on(withdrawal, ({ party }) => ({
      policy: channel,
      party: { ...party, codes: [{ person: personIdOf('adam'), code }] },
      statements: [
        say('raisa', 'raise', withdrawal),
        say('adam', 'approve', withdrawal, { channelCode: code }),
        say('cora', 'cosign', withdrawal, { channelCode: 'zzzzzzzz' }),
      ],
    })),
  ],
  [
    'peers that differ move no records',
    null,
    holding({ peers: { word: 'none-yet', differing: ['custody'] } }, rosterChange),
  ],
  [
    'a party set back decides nothing at all',
    'own-store-behind',
    holding({ peers: { word: 'behind', differing: [] } }, everyKind.freeze),
  ],
  [
    'a clock that shows no real day',
    'clock-unreadable',
    onWithdrawal({ now: NOW.replace('-03-02', '-02-30') }),
  ],
  [
    'the policy of the raise is unsound',
    'own-policy-unsound',
    onWithdrawal({ policyAtRaise: { ...policy, organisation: 'other' } }),
  ],
  ['the sample as it is', null, onWithdrawal({})],
];
