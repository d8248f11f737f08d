/** Stops, what starts again after them, and changes of rules, as the sample people state them. */
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { digestOf, type Intent } from '#lib/protocol/intent.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import type { Statement } from '#lib/protocol/statement.ts';
import type { FreezeScope } from '#lib/protocol/stop-intents.ts';
import { commonIntent, type Name, type Organisation } from './organisation.ts';

const reasonCommitment = 'ab'.repeat(32);

export const freezeIntent = (scope: FreezeScope = { what: 'everything' }): Intent => ({
  ...commonIntent(),
  kind: 'freeze',
  scope,
  reasonCommitment,
});

/** The key with which one person makes statements here. */
export function revocationIntent({ roster, keys }: Organisation, name: Name): Intent {
  const person = roster.people.find(({ id }) => id.startsWith(`p-${name}`))?.id;
  if (person === undefined) throw new Error('nobody of that name');
  const credential = keys[name].credentialId;
  return { ...commonIntent(), kind: 'revocation', person, credential, reasonCommitment };
}

/** One person's say is enough for a stop. */
export const alone = (
  organisation: Organisation,
  intent: Intent,
  name: Name = 'remy',
): OperationBundle => ({ intent, statements: [organisation.say(name, 'raise', intent)] });

/** A release takes one person more than a withdrawal. */
export function releaseOf(
  organisation: Organisation,
  freeze: string,
  changes: Partial<Statement> = {},
): OperationBundle {
  const intent: Intent = { ...commonIntent(), kind: 'release', freeze, reasonCommitment };
  return {
    intent,
    statements: [
      organisation.say('remy', 'raise', intent, changes),
      organisation.say('raisa', 'approve', intent, changes),
      organisation.say('adam', 'approve', intent, changes),
      organisation.say('cora', 'cosign', intent, changes),
    ],
  };
}

/** Lets more leave at once. */
export const looserPolicyIntent = (
  current: Policy,
): Extract<Intent, { kind: 'policy-change' }> => ({
  ...commonIntent(),
  kind: 'policy-change',
  policy: {
    ...current,
    version: current.version + 1,
    previous: digestOf(current),
    caps: [{ asset: 'SOL', perOperation: '600000000000' }],
  },
});
