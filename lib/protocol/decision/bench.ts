/**
 * Measures what a decision costs beside the signature checks inside it. Turn by turn, so that
 * whatever else the machine does falls on both alike.
 */
import { decide } from '../decide.ts';
import type { DecideInput } from '../decide-input.ts';
import { makeLasting } from '../lasting.ts';
import type { Policy, PolicyRule } from '../policy.ts';
import type { Roster, RosterPerson } from '../roster.ts';
import { challengeOf } from '../statement.ts';
import {
  fullSet,
  inputFor,
  keys,
  names,
  ORIGIN,
  personIdOf,
  policy,
  roster,
  RP_ID,
  withdrawal,
} from '../testing/sample.ts';
import { checkAssertion } from '../webauthn.ts';

/** Milliseconds of the processor, one figure for each turn. */
export type DecisionTimes = { decision: number[]; signatures: number[] };

const last = policy.rules[0];
if (!last) throw new Error('The sample policy has no rule.');

/** Nearly matching in a different way each: all conditions are looked at, and the last ones fail. */
const passedOver = (place: number): PolicyRule => ({
  ...last,
  id: `rule-${place}`,
  name: `Rule ${place}`,
  when: {
    kinds: ['withdrawal'],
    assets: ['SOL'],
    tiers: ['warm', 'hot'],
    vaults: [`vault-${place}`, 'warm-1'],
    destinationClasses: ['client-wallet'],
    destinationYoungerThan: 2_678_400,
    hours: {
      zone: place % 2 === 0 ? 'Europe/Vienna' : 'America/New_York',
      days: [1, 2, 3, 4, 5, 6, 7],
      from: '00:00',
      to: '23:59',
      holds: 'inside',
    },
    velocity: { scope: 'client', hours: 24, above: String(10n ** 15n + BigInt(place)) },
  },
});

/** The rule that decides is the last of so many. */
export const policyOf = (rules: number): Policy => ({
  ...policy,
  rules: [...Array.from({ length: rules - 1 }, (_, place) => passedOver(place)), last],
});

/** Ten letters for each number. */
const numbered = (place: number): string =>
  place
    .toString(16)
    .padStart(10, '0')
    .replaceAll(/./gu, (digit) => 'abcdefghijklmnop'[Number.parseInt(digit, 16)] ?? '');

/** The sample's people and so many others, none of whom states anything. */
export function rosterOf(people: number, delegations: number): Roster {
  const [someone] = roster.people;
  if (!someone) throw new Error('The sample roster is empty.');
  const id = (place: number): string => `p-${numbered(place)}`;
  const others = Array.from({ length: people - roster.people.length }, (_, place): RosterPerson => {
    const name = (0x1000000 + place).toString(16).padStart(32, '0');
    return {
      ...someone,
      id: id(place),
      group: place % 2 === 0 ? 'control' : null,
      credentials: someone.credentials.map((key) => ({
        ...key,
        id: Buffer.from(name, 'hex').toString('base64url'),
        publicKey: Buffer.from(`ff${name}`, 'hex').toString('base64url'),
      })),
    };
  });
  return {
    ...roster,
    people: [...roster.people, ...others],
    delegations: Array.from({ length: delegations }, (_, pair) => ({
      from: id(2 * pair),
      to: id(2 * pair + 1),
      notAfter: '2027-01-01T00:00:00.000Z',
    })),
  };
}

/** The checks of the three key presses in the set, from their canonical text on. */
function signatureChecks(): () => void {
  const presses = fullSet(withdrawal).map(({ statement, assertion }) => {
    const name = names.find((entry) => personIdOf(entry) === statement.person);
    if (!name) throw new Error('The sample set is by nobody of the sample.');
    const { credentialId: id, publicKey, backupEligible } = keys[name];
    return { statement, assertion, credential: { id, publicKey, backupEligible, signCount: 0 } };
  });
  return () => {
    for (const { statement, assertion, credential } of presses) {
      const verdict = checkAssertion({
        credential,
        response: assertion,
        expected: { challenge: challengeOf(statement), origin: ORIGIN, rpId: RP_ID },
        rules: { allowSynced: true, checkCounter: false },
      });
      if (!verdict.ok) throw new Error(verdict.refusal);
    }
  };
}

function decision(of: { policy: Policy; roster: Roster }): () => void {
  const sample = inputFor(withdrawal);
  const input: DecideInput = {
    ...sample,
    ...of,
    party: { ...sample.party, spent: [{ scope: 'client', hours: 24, amount: '0' }] },
  };
  return () => {
    const answer = decide(input);
    if (!answer.ok) throw new Error(answer.refusal);
  };
}

/** By the thread's own time on a processor, so that waiting for one on a busy machine does not count. */
function timeOf(work: () => void, calls: number): number {
  const start = process.threadCpuUsage();
  for (let call = 0; call < calls; call += 1) work();
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000 / calls;
}

/** Decides on one withdrawal again and again; each figure is the mean of `calls` calls. */
export function benchDecision(
  of: { rules: number; people: number; delegations: number },
  { turns = 60, calls = 10 } = {},
): DecisionTimes {
  const decides = decision({
    // As a party holds them.
    policy: makeLasting(structuredClone(policyOf(of.rules))),
    roster: makeLasting(structuredClone(rosterOf(of.people, of.delegations))),
  });
  const checks = signatureChecks();
  const times: DecisionTimes = { decision: [], signatures: [] };
  timeOf(decides, 5 * calls);
  timeOf(checks, 5 * calls);
  for (let turn = 0; turn < turns; turn += 1) {
    times.decision.push(timeOf(decides, calls));
    times.signatures.push(timeOf(checks, calls));
  }
  return times;
}
