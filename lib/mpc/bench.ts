/** Measures what the parties cost: a signature across processes beside the same one in one process. */
import { performance } from 'node:perf_hooks';
import { challengeOf } from '#lib/protocol/statement.ts';
import { checkAssertion } from '#lib/protocol/webauthn.ts';
import { signTransaction } from './client/sign-transaction.ts';
import {
  fromFrostPublic,
  identifierOf,
  publicKeyOf,
  verifySignature,
  type GroupKey,
} from './frost/group.ts';
import { aggregateWithChecks, makeShare, OneTimeNonces } from './frost/signing.ts';
import { frost } from './frost/suite.ts';
import {
  holdGenesis,
  must,
  openVault,
  randomNonce,
  removeAll,
  startParties,
  transferFor,
  type Custody,
  type Vault,
} from './testing/custody.ts';
import { foundOrganisation, ORIGIN, withdrawalIntent } from './testing/organisation.ts';
import { hostileParty } from './testing/hostile-party.ts';

export type SigningFigures = {
  samples: number;
  /** Median milliseconds from the call of `signTransaction` to the verified signature. */
  acrossProcessesMs: number;
  /** Median milliseconds of the same maths in this process, one step after the other. */
  oneProcessMs: number;
  ratio: number;
  p95AcrossProcessesMs: number;
};

const WARM_UP = 5;

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

type Holder = { index: number; signingShare: Uint8Array };

function dealtKey(): { group: GroupKey; holders: [Holder, Holder] } {
  const indexes = [1, 2, 3];
  const dealt = frost.trustedDealer({ min: 2, max: 3 }, indexes.map(identifierOf));
  const holder = (index: number): Holder => {
    const secret = dealt.secretShares[identifierOf(index)];
    if (!secret) throw new Error('The dealer deals to every index.');
    return { index, signingShare: secret.signingShare };
  };
  return { group: fromFrostPublic(dealt.public, indexes), holders: [holder(1), holder(2)] };
}

/** Two commitments, two shares, noble's aggregation, strict verification. */
function signInOneProcess(
  { group, holders }: ReturnType<typeof dealtKey>,
  message: Uint8Array,
): void {
  const open = holders.map((holder) => ({
    ...holder,
    nonces: new OneTimeNonces(holder.index, holder.signingShare),
  }));
  const pairs = new Map(open.map(({ index, nonces }) => [index, nonces.commitment]));
  const shares = new Map<number, Uint8Array>();
  for (const holder of open) {
    const made = makeShare({ ...holder, group, pairs, message });
    if (!made.ok) throw new Error(made.refusal);
    shares.set(holder.index, made.share);
  }
  const signature = aggregateWithChecks({ group, pairs, shares, message });
  if (!verifySignature(publicKeyOf(group), message, signature))
    throw new Error('The signature must verify.');
}

async function compare(custody: Custody, vault: Vault, samples: number): Promise<SigningFigures> {
  const clients = custody.parties.slice(0, 2).map(({ client }) => client);
  const key = dealtKey();
  const across: number[] = [];
  const alone: number[] = [];
  // Turn by turn, so that whatever else the machine does falls on both alike.
  for (let turn = 0; turn < samples + WARM_UP; turn += 1) {
    const intent = withdrawalIntent(vault.destination);
    const bundle = custody.organisation.bundle(intent);
    const transaction = transferFor(vault, intent, randomNonce());
    const apart = await timed(async () =>
      must(await signTransaction({ clients, bundle, transaction })),
    );
    const together = await timed(() => signInOneProcess(key, transaction.message));
    if (turn < WARM_UP) continue;
    across.push(apart);
    alone.push(together);
  }
  const acrossProcessesMs = quantile(across, 0.5);
  const oneProcessMs = quantile(alone, 0.5);
  return {
    samples,
    acrossProcessesMs,
    oneProcessMs,
    ratio: acrossProcessesMs / oneProcessMs,
    p95AcrossProcessesMs: quantile(across, 0.95),
  };
}

/**
 * Starts three party processes in temporary folders, makes a key and signs withdrawals with two of
 * them: statements checked, transaction decoded, everything durable, as in service.
 * @param samples at least 30 for a median worth printing.
 */
export async function benchSigning(samples = 40): Promise<SigningFigures> {
  const custody = await startParties();
  try {
    await holdGenesis(custody);
    const vault = await openVault(custody);
    return await compare(custody, vault, samples);
  } finally {
    await removeAll(custody);
  }
}

/** How many statements (ES256) one process verifies in a second. */
export function benchStatements(seconds = 2): { perSecond: number } {
  const entries = (['control', 'custody', 'recovery'] as const).map(
    (name, place) => hostileParty(name, place + 1).entry,
  );
  const organisation = foundOrganisation(entries);
  const intent = withdrawalIntent({ id: 'acme-treasury', address: '1'.repeat(32) });
  const { statement, assertion } = organisation.say('adam', 'approve', intent);
  const person = organisation.roster.people.find(({ id }) => id === statement.person);
  const credential = person?.credentials[0];
  if (!credential) throw new Error('The person has a key.');
  const publicKey = new Uint8Array(Buffer.from(credential.publicKey, 'base64url'));
  const check = (): void => {
    const verdict = checkAssertion({
      credential: { ...credential, publicKey, signCount: 0 },
      response: assertion,
      expected: {
        challenge: challengeOf(statement),
        origin: ORIGIN,
        rpId: organisation.roster.relyingParty.id,
      },
      rules: { allowSynced: true, checkCounter: false },
    });
    if (!verdict.ok) throw new Error(verdict.refusal);
  };
  for (let turn = 0; turn < 50; turn += 1) check();
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < seconds * 1000) {
    check();
    count += 1;
  }
  return { perSecond: count / ((performance.now() - start) / 1000) };
}
