/**
 * The console's only door to the parties. Everything here is a relay that nobody trusts: parties
 * check what they get, and their answers are checked for form here.
 */
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import type { GenesisBundle } from '#lib/protocol/genesis.ts';
import type { SignedStatement } from '#lib/protocol/statement.ts';
import type { SignedVaultReceipt } from '#lib/protocol/vault-receipt.ts';
import type { Refusal } from '../refusals.ts';
import type { AdoptionReceipt } from '../wire/receipt.ts';
import { encodeBase64url } from '../wire/encoding.ts';
import { rpc, rpcRefusal, type PartyStatus, type RpcMethod } from '../wire/rpc.ts';
import { isRefusal } from '../refusals.ts';
import { createChannel, type Channel } from './channel.ts';

export type PartyAddress = {
  name: string;
  /** `unix:/path` or `https://host:port`. */
  rpc: string;
  /** Where people reach the party's own page. */
  origin: string;
  /** Whether the party is meant to be on. */
  expected: 'online' | 'offline';
  /** Paths of PEM files; needed for https, where both sides show certificates. */
  tls?: { ca: string; cert: string; key: string } | undefined;
};

/** Faults of the way to a party, beside its own refusals. */
export type TransportFault = 'party-unreachable' | 'party-timeout' | 'party-answer-invalid';

/** Why a party did not take part. The culprit is whom it blames, where it can tell. */
export type PartyNo = {
  ok: false;
  refusal: Refusal | TransportFault;
  party: string;
  culprit: string | null;
};
export type PartyAnswer<T> = { ok: true; value: T } | PartyNo;

export type PartyClient = {
  readonly name: string;
  readonly origin: string;
  readonly expected: 'online' | 'offline';
  call<Q, A>(method: RpcMethod<Q, A>, request: Q): Promise<PartyAnswer<A>>;
  /** Closes the connections that are kept open. */
  close(): void;
};

const TIMEOUT_MS = 10_000;
/** Largest answer taken, in bytes. */
const ANSWER_MAX = 4 * 1024 * 1024;

/**
 * Prepares to talk to a party; nothing is sent yet.
 * @param options.timeoutMs for each call as a whole, default 10 seconds.
 * @throws when the address is neither a Unix socket nor https with certificates.
 */
export function connectParty(
  address: PartyAddress,
  options: { timeoutMs?: number } = {},
): PartyClient {
  const channel = createChannel(address, {
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    answerMax: ANSWER_MAX,
  });
  const { name, origin, expected } = address;
  return {
    name,
    origin,
    expected,
    call: (method, request) => callParty(name, channel, method, request),
    close: () => channel.close(),
  };
}

async function callParty<Q, A>(
  party: string,
  channel: Channel,
  method: RpcMethod<Q, A>,
  request: Q,
): Promise<PartyAnswer<A>> {
  const no = (refusal: Refusal | TransportFault, culprit: string | null = null): PartyNo => ({
    ok: false,
    refusal,
    party,
    culprit,
  });
  const reply = await channel.post(method.path, JSON.stringify(request));
  if (!reply.ok) return no(reply.fault);
  const { body } = reply;
  if (typeof body !== 'object' || body === null) return no('party-answer-invalid');
  if ('ok' in body && body.ok === true && 'value' in body) {
    const parsed = method.answer.safeParse(body.value);
    return parsed.success ? { ok: true, value: parsed.data } : no('party-answer-invalid');
  }
  const refused = rpcRefusal.safeParse(body);
  if (!refused.success || !isRefusal(refused.data.refusal)) return no('party-answer-invalid');
  return no(refused.data.refusal, refused.data.culprit);
}

export function partyStatus(client: PartyClient): Promise<PartyAnswer<PartyStatus>> {
  return client.call(rpc.status, {});
}

/** Offers a genesis; it counts only once a person pins it at the party's own origin. */
export function offerGenesis(
  client: PartyClient,
  bundle: GenesisBundle,
): Promise<PartyAnswer<{ genesisDigest: string; pinned: boolean }>> {
  return client.call(rpc.offerGenesis, { bundle });
}

/**
 * Has a party verify and apply a roster change or destination listing; the same again answers the
 * same receipt.
 * @param receipts of two other parties, for one that was off until the statements had expired.
 */
export function adopt(
  client: PartyClient,
  bundle: OperationBundle,
  receipts: readonly unknown[] = [],
): Promise<PartyAnswer<AdoptionReceipt>> {
  // The party itself checks form and signature of each receipt.
  return client.call(rpc.adopt, { bundle, receipts: receipts as AdoptionReceipt[] });
}

/** Hands a party a rejection or cancellation by itself; the same again changes nothing. */
export function handNo(
  client: PartyClient,
  signed: SignedStatement,
): Promise<PartyAnswer<{ operation: string; attempt: number; takenAt: string }>> {
  return client.call(rpc.no, { signed });
}

/**
 * Shows a party an operation that was raised or has changed, so that its own pages can show what it
 * makes of it. Nothing rests on it; the same again changes nothing.
 * @param of.transaction the message as it would be signed, where one was built already.
 */
export function presentOperation(
  client: PartyClient,
  of: { bundle: OperationBundle; transaction?: { chain: string; message: Uint8Array } | null },
): Promise<PartyAnswer<{ operation: string; intentDigest: string; seenAt: string }>> {
  const { bundle, transaction = null } = of;
  return client.call(rpc.present, {
    bundle,
    transaction: transaction && {
      chain: transaction.chain,
      message: encodeBase64url(transaction.message),
    },
  });
}

/** What the party says of the vault of a key that it holds a share of; the same each time. */
export function askVaultReceipt(
  client: PartyClient,
  key: string,
): Promise<PartyAnswer<SignedVaultReceipt>> {
  return client.call(rpc.vaultReceipt, { key });
}
