/** Leads a quorum of parties through a signature. */
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { isInteractive } from '#lib/protocol/suites.ts';
import { areSignatures, type ToVerify } from './verify-parts.ts';
import { encodeBase64url, fromHex } from '../wire/encoding.ts';
import type { SignedEnvelope } from '../wire/envelope.ts';
import { rpc, type RpcAnswer } from '../wire/rpc.ts';
import type { PartyAnswer, PartyClient, PartyNo } from './party-client.ts';
import { addressedTo, askAll, fromOthers, of } from './relay.ts';
import { tryAgain } from './try-again.ts';

/** `extend` and `multiply` where the key signs with ECDSA. */
export type SigningRound = 'begin' | 'extend' | 'multiply' | 'share' | 'finish';

export type SignTransactionInput = {
  /** Exactly the quorum: as many parties as the key's threshold. */
  clients: readonly PartyClient[];
  bundle: OperationBundle;
  /** The unsigned message; each party decodes it for itself. */
  transaction: { chain: string; message: Uint8Array } & ToVerify;
  /** Hex of the key it has to verify under; without it the key that the parties name is taken. */
  expectedKey?: string;
  /** Waited for before any party is asked for a share. */
  beforeRelease?: () => void | Promise<void>;
  /** Called, and waited for, before each round. */
  onRound?: (round: SigningRound) => void | Promise<void>;
};

/** A signature for each part, in their order, and the vault's key (hex). */
export type SignedTransaction = { signatures: Uint8Array[]; publicKey: string };

type Outcome = PartyAnswer<SignedTransaction>;
type Signed = RpcAnswer<'signFinish'>;

/** Checks what a party calls a signature before anyone relies on it. */
function checked(
  client: PartyClient,
  { transaction, expectedKey }: SignTransactionInput,
  signed: Signed,
): Outcome {
  const { publicKey, signatures } = signed;
  // A party in other hands may sign with a key of its own.
  const isExpected = expectedKey === undefined || publicKey === expectedKey;
  return isExpected && areSignatures(publicKey, transaction, signatures)
    ? { ok: true, value: { signatures: signatures.map(fromHex), publicKey } }
    : { ok: false, refusal: 'party-answer-invalid', party: client.name, culprit: null };
}

/**
 * One party already has the signature: after a crash the others get it to keep. That they can't
 * take it (they may be away, or never released a share) doesn't change that it exists.
 */
async function settled(
  input: SignTransactionInput,
  holder: PartyClient,
  message: string,
  signed: Signed,
): Promise<Outcome> {
  const outcome = checked(holder, input, signed);
  if (!outcome.ok) return outcome;
  const { operation } = input.bundle.intent;
  const { signatures } = signed;
  const others = input.clients.filter((client) => client !== holder);
  await Promise.all(
    others.map((client) => client.call(rpc.signSettle, { operation, message, signatures })),
  );
  return outcome;
}

/**
 * Asks the parties to decide and sign, each round in parallel. Safe to repeat: a transaction that
 * is already signed gives the same signature.
 */
export const signTransaction = (input: SignTransactionInput): Promise<Outcome> =>
  tryAgain(() => tryToSign(input));

/**
 * What each party needs before it gives its share out: with FROST the promises of the others, with ECDSA
 * what two more rounds bring, each message for one party alone.
 */
async function beforeShares(
  { clients, transaction, onRound }: SignTransactionInput,
  sessionOf: (client: PartyClient) => string,
  open: ReadonlyMap<string, { envelope: SignedEnvelope }>,
): Promise<{ ok: true; envelopesFor: (name: string) => SignedEnvelope[] } | PartyNo> {
  if (!isInteractive(transaction.suite ?? 'FROST-ED25519-SHA512-v1'))
    return { ok: true, envelopesFor: (name) => fromOthers(name, open) };
  await onRound?.('extend');
  const extended = await askAll(clients, (client) =>
    client.call(rpc.signExtend, {
      session: sessionOf(client),
      envelopes: fromOthers(client.name, open),
    }),
  );
  if (!extended.ok) return extended;
  await onRound?.('multiply');
  const multiplied = await askAll(clients, (client) =>
    client.call(rpc.signMultiply, {
      session: sessionOf(client),
      envelopes: addressedTo(client.name, extended.values),
    }),
  );
  if (!multiplied.ok) return multiplied;
  return { ok: true, envelopesFor: (name) => addressedTo(name, multiplied.values) };
}

async function tryToSign(input: SignTransactionInput): Promise<Outcome> {
  const { clients, bundle } = input;
  const message = encodeBase64url(input.transaction.message);
  const transaction = { chain: input.transaction.chain, message };
  const quorum = clients.map(({ name }) => name);
  await input.onRound?.('begin');
  const begun = await askAll(clients, (client) =>
    client.call(rpc.signBegin, { bundle, transaction, quorum }),
  );
  if (!begun.ok) return begun;
  const open = new Map<string, Extract<RpcAnswer<'signBegin'>, { state: 'open' }>>();
  for (const client of clients) {
    const value = of(begun.values, client.name);
    if (value.state === 'open') open.set(client.name, value);
    else return settled(input, client, message, value);
  }
  const sessionOf = (client: PartyClient): string => of(open, client.name).session;
  const ready = await beforeShares(input, sessionOf, open);
  if (!ready.ok) return ready;
  await input.beforeRelease?.();
  await input.onRound?.('share');
  const shared = await askAll(clients, (client) =>
    client.call(rpc.signShare, {
      session: sessionOf(client),
      envelopes: ready.envelopesFor(client.name),
    }),
  );
  if (!shared.ok) return shared;
  await input.onRound?.('finish');
  const finished = await askAll(clients, (client) =>
    client.call(rpc.signFinish, {
      session: sessionOf(client),
      envelopes: fromOthers(client.name, shared.values),
    }),
  );
  if (!finished.ok) return finished;
  // One that hands over something else does not keep the others' from being taken.
  let refused: Outcome | null = null;
  for (const client of clients) {
    const outcome = checked(client, input, of(finished.values, client.name));
    if (outcome.ok) return outcome;
    refused ??= outcome;
  }
  if (!refused) throw new Error('A quorum has parties.');
  return refused;
}
