/** Signing sessions between an honest party and one in hostile hands, step by step. */
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { makeShare, type CommitmentPair } from '../../frost/signing.ts';
import { findShare } from '../../party/party.ts';
import { encodeBase64url } from '../../wire/encoding.ts';
import { sealEnvelope, type SignedEnvelope } from '../../wire/envelope.ts';
import { signingCommitment, signingShares } from '../../wire/payloads.ts';
import { rpc } from '../../wire/rpc.ts';
import { must, only, randomNonce, transferFor } from '../custody.ts';
import type { LocalParty } from '../in-process.ts';
import { resealed } from '../tampering.ts';
import { TAKEN, type TakenWorld } from './taken-world.ts';
import { quorum, type RawTransaction, type Withdrawal } from './world.ts';
import { proofScheme } from '../../frost/scheme.ts';
import { ed25519Suite } from '../../frost/suite.ts';

const scheme = proofScheme(ed25519Suite);

type Work = { bundle: OperationBundle; raw: RawTransaction };

/** A withdrawal that people stated, and a transaction for it. */
export function newWork(
  world: TakenWorld,
  intent: Withdrawal = world.withdrawal(),
  bundle = world.stated(intent),
): Work {
  return { bundle, raw: transferFor(world.vault, intent, randomNonce()) };
}

export const begin = (
  { client }: LocalParty,
  { bundle, raw }: Work,
  names: readonly string[] = quorum,
) => {
  const transaction = { chain: raw.chain, message: encodeBase64url(raw.message) };
  return client.call(rpc.signBegin, { bundle, transaction, quorum: [...names] });
};

type Open = { session: string; envelope: SignedEnvelope };

export async function open(
  at: LocalParty,
  work: Work,
  names: readonly string[] = quorum,
): Promise<Open> {
  const begun = must(await begin(at, work, names));
  if (begun.state !== 'open') throw new Error(begun.state);
  return begun;
}

export type Pair = { control: Open; taken: Open };

export async function openBoth({ control, taken }: TakenWorld, work: Work): Promise<Pair> {
  return { control: await open(control, work), taken: await open(taken, work) };
}

export const share = ({ client }: LocalParty, { session }: Open, envelopes: readonly unknown[]) =>
  client.call(rpc.signShare, { session, envelopes: [...envelopes] });

export const finish = ({ client }: LocalParty, { session }: Open, envelopes: readonly unknown[]) =>
  client.call(rpc.signFinish, { session, envelopes: [...envelopes] });

/** What the taken party said, with other contents under its own genuine signature. */
export const retold = (
  { taken }: TakenWorld,
  sent: SignedEnvelope,
  changes: Parameters<typeof resealed>[2],
): SignedEnvelope => resealed(taken.party.identity, sent, changes);

/** A session in which the honest party gave its share, and what the taken one has of it then. */
type Given = Work & Pair & { fromControl: SignedEnvelope };

export async function letControlGive(
  world: TakenWorld,
  work: Work,
  change: (both: Pair) => SignedEnvelope = ({ taken }) => taken.envelope,
): Promise<Given> {
  const both = await openBoth(world, work);
  const { envelope } = must(await share(world.control, both.control, [change(both)]));
  return { ...work, ...both, fromControl: envelope };
}

/** The taken party's message of the second round, with any share in it. */
export function secondRound(
  { taken }: TakenWorld,
  { fromControl }: Given,
  shareHex: string,
): SignedEnvelope {
  const { payload: _, ...header } = fromControl.envelope;
  return sealEnvelope(taken.party.identity, { ...header, from: TAKEN }, { shares: [shareHex] });
}

/** Both commitments and both shares, the taken party's own made over any message it likes. */
export function sharesOver(world: TakenWorld, given: Given, message: Uint8Array) {
  const { party } = world.taken;
  const session = party.sessions.get(given.taken.session);
  if (!session) throw new Error('The taken party keeps its own session.');
  const { record, own, nonces } = session;
  const signingShareOf = findShare(party, record);
  const other = session.quorum.find(({ name }) => name === 'control');
  if (!signingShareOf || !other) throw new Error('The taken party has a share of the key.');
  const pairs = new Map<number, CommitmentPair>();
  for (const [index, { envelope }] of [
    [other.index, given.control.envelope],
    [own.index, given.taken.envelope],
  ] as const) {
    pairs.set(index, only(signingCommitment(ed25519Suite).parse(envelope.payload).commitments));
  }
  const made = makeShare({
    scheme,
    group: record.group,
    index: own.index,
    signingShare: signingShareOf,
    nonces: only(nonces),
    pairs,
    message,
  });
  if (!made.ok) throw new Error(made.refusal);
  const theirs = only(signingShares.parse(given.fromControl.envelope.payload).shares);
  const shares = new Map([
    [own.index, made.share],
    [other.index, new Uint8Array(Buffer.from(theirs, 'hex'))],
  ]);
  return { group: record.group, pairs, shares, message };
}
