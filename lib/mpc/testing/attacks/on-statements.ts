/** Statements that exist, put together in another way than people made them. */
import { createSoftwareAuthenticator } from '#lib/protocol/software-authenticator.ts';
import { challengeOf, type SignedStatement } from '#lib/protocol/statement.ts';
import { handNo } from '../../client/party-client.ts';
import { must } from '../custody.ts';
import { ORIGIN } from '../organisation.ts';
import type { Attack, Withdrawal, World } from './world.ts';

type Said = readonly [SignedStatement, SignedStatement, SignedStatement];
type Refusal = Attack['refusal'];
type Change = (said: Said, world: World, intent: Withdrawal) => readonly SignedStatement[];

const rearranged = (name: string, refusal: Refusal, change: Change): Attack => ({
  name,
  refusal,
  strike: (world) => {
    const intent = world.withdrawal();
    const bundle = world.stated(intent);
    const [raise, approval, cosignature] = bundle.statements;
    if (!raise || !approval || !cosignature) throw new Error('three people state');
    const statements = change([raise, approval, cosignature], world, intent);
    return world.begin({ ...bundle, statements });
  },
});

const forger = createSoftwareAuthenticator({ rpId: 'localhost' });

/** The same words under a key press of the attacker's. */
export const forged = (
  { statement }: SignedStatement,
  changes: Partial<SignedStatement['statement']> = {},
): SignedStatement => {
  const words = { ...statement, ...changes };
  const assertion = forger.assert({ challenge: challengeOf(words), origin: ORIGIN });
  return { statement: words, assertion };
};

export const attacksOnStatements: readonly Attack[] = [
  rearranged(
    'the approval is left out',
    ['own-group-missing', 'statements-incomplete'],
    ([raise, , cosignature]) => [raise, cosignature],
  ),
  rearranged(
    'the co-signature is left out',
    ['statements-incomplete', 'own-group-missing'],
    ([raise, approval]) => [raise, approval],
  ),
  rearranged('the raise is left out', 'raise-missing', ([, approval, cosignature]) => [
    approval,
    cosignature,
  ]),
  rearranged('one approval counts twice', 'nonce-reused', ([raise, approval]) => [
    raise,
    approval,
    approval,
  ]),
  rearranged(
    'the raiser approves, as another statement of the same person',
    'raiser-in-quorum',
    ([raise, , cosignature], { custody }, intent) => [
      raise,
      custody.organisation.say('raisa', 'approve', intent),
      cosignature,
    ],
  ),
  rearranged(
    'one person approves and co-signs',
    'person-counted-twice',
    ([raise, approval], { custody }, intent) => [
      raise,
      approval,
      custody.organisation.say('adam', 'cosign', intent),
    ],
  ),
  rearranged(
    'the statements of another operation of the same content',
    'wrong-operation',
    (_, world) => world.stated(world.withdrawal()).statements,
  ),
  rearranged(
    'an approval of another operation among them',
    'wrong-operation',
    ([raise, , cosignature], world) => {
      const [, approval] = world.stated(world.withdrawal()).statements;
      return approval ? [raise, approval, cosignature] : [];
    },
  ),
  rearranged(
    'the approval of an earlier attempt',
    'attempt-mixed',
    ([, approval], { custody }, intent) => [
      custody.organisation.say('raisa', 'raise', intent, { attempt: 2 }),
      approval,
      custody.organisation.say('cora', 'cosign', intent, { attempt: 2 }),
    ],
  ),
  rearranged(
    'an approval that has expired',
    'statement-expired',
    ([raise, , cosignature], { custody }, intent) => [
      raise,
      custody.organisation.say('adam', 'approve', intent, {
        issuedAt: new Date(Date.now() - 7_200_000).toISOString(),
        expiresAt: new Date(Date.now() - 3_600_000).toISOString(),
      }),
      cosignature,
    ],
  ),
  rearranged(
    'an approval dated ahead',
    'statement-not-yet-valid',
    ([raise, , cosignature], { custody }, intent) => [
      raise,
      custody.organisation.say('adam', 'approve', intent, {
        issuedAt: new Date(Date.now() + 3_000_000).toISOString(),
      }),
      cosignature,
    ],
  ),
  rearranged(
    'a key press of the attacker’s own under the name of the approver',
    'credential-unknown',
    ([raise, approval, cosignature]) => [raise, forged(approval), cosignature],
  ),
  rearranged(
    'somebody who exists in the database alone approves',
    'person-unknown',
    ([raise, approval, cosignature]) => [
      raise,
      forged(approval, { person: 'p-nobodyaaaa' }),
      cosignature,
    ],
  ),
  rearranged(
    'the co-signer’s key under the name of the approver',
    'credential-of-another-person',
    ([raise, approval, cosignature]) => [
      raise,
      { ...approval, assertion: cosignature.assertion },
      cosignature,
    ],
  ),
  rearranged(
    'the key press of another statement of the same person',
    'challenge-mismatch',
    ([raise, approval, cosignature], { custody }, intent) => {
      const other = custody.organisation.say('adam', 'approve', intent);
      return [raise, { ...approval, assertion: other.assertion }, cosignature];
    },
  ),
  rearranged(
    'a rejection turned into an approval',
    'challenge-mismatch',
    ([raise, , cosignature], { custody }, intent) => {
      const no = custody.organisation.say('adam', 'reject', intent);
      const statement = { ...no.statement, decision: 'approve' as const, reason: null };
      return [raise, { ...no, statement }, cosignature];
    },
  ),
  rearranged(
    'a key press made at the attacker’s own site',
    'origin-not-allowed',
    ([raise, approval, cosignature], { custody }) => {
      const { statement } = approval;
      const assertion = custody.organisation.keys.adam.assert({
        challenge: challengeOf(statement),
        origin: 'https://attacker.example',
      });
      return [raise, { statement, assertion }, cosignature];
    },
  ),
  rearranged(
    'statements that name a roster which nobody adopted',
    'roster-version-unknown',
    (_, { custody }, intent) =>
      custody.organisation.bundle(intent, { rosterVersion: 2 }).statements,
  ),
  rearranged(
    'statements that name a policy which nobody adopted',
    'policy-version-unknown',
    (_, { custody }, intent) =>
      custody.organisation.bundle(intent, { policyVersion: 2 }).statements,
  ),
  {
    ...rearranged(
      'a rejection among them, which the console has no use for',
      'rejected-by-person',
      (said, { custody }, intent) => [...said, custody.organisation.say('remy', 'reject', intent)],
    ),
    hasGenuinePart: true,
  },
  {
    name: 'a rejection that reached the parties by themselves, withheld by the console',
    refusal: 'attempt-ended',
    hasGenuinePart: true,
    strike: async (world) => {
      const intent = world.withdrawal();
      const no = world.custody.organisation.say('remy', 'reject', intent);
      for (const { client } of world.custody.parties) must(await handNo(client, no));
      return world.begin(world.stated(intent));
    },
  },
];
