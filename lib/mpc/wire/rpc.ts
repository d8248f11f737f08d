/**
 * The methods a party answers and their exact shapes, for both ends. Requests come from a relay
 * that may be hostile; answers come from a party that may be: both are parsed strictly.
 */
import { z } from 'zod';
import {
  chainId,
  digestHex,
  environment,
  instant,
  operationId,
  publicKeyHex,
  slug,
  vaultKeyHex,
  vaultTier,
} from '#lib/protocol/scalars.ts';
import { group } from '#lib/protocol/roster.ts';
import { freezeScope } from '#lib/protocol/stop-intents.ts';
import { signedVaultReceipt } from '#lib/protocol/vault-receipt.ts';
import { signedColdHeads, signedColdWord } from './cold-word.ts';
import { base64urlBytes, hexOf } from './encoding.ts';
import { signedEnvelope } from './envelope.ts';
import { keyLifeRpc } from './key-life-rpc.ts';
import { ecdsaRpc, SHARE_BYTES } from './ecdsa-rpc.ts';
import { pairRpc } from './pair-rpc.ts';
import { adoptionReceipt } from './receipt.ts';
import { signatureList } from './payloads.ts';
import { envelopes, KIB, looseBundle, method } from './rpc-method.ts';

/** Longest unsigned bytes of a transaction: a payment from P2WPKH brings what made its coins along. */
const MESSAGE_MAX = 512 * KIB;

export type { RpcMethod } from './rpc-method.ts';

const transaction = z.strictObject({ chain: chainId, message: base64urlBytes(MESSAGE_MAX) });

const partyKey = z.strictObject({
  key: slug,
  suite: z.string().max(64),
  publicKey: vaultKeyHex,
  epoch: z.int(),
  tier: vaultTier,
  vault: slug,
  chain: chainId,
  parties: z.array(slug).max(16),
  threshold: z.int(),
  /** False until every party of the key has confirmed it, and where the share is lost. */
  usable: z.boolean(),
  /** `lost` where the share doesn't open any more; see key repair. */
  state: z.enum(['prepared', 'usable', 'lost']),
  /**
   * Everything the party keeps of the key: the epoch before is `retiring` until all parties use the
   * new one; one that is `prepared` waits for them.
   */
  epochs: z
    .array(
      z.strictObject({
        epoch: z.int(),
        state: z.enum(['prepared', 'superseded', 'usable', 'retiring']),
      }),
    )
    .max(64),
  /** Highest epoch whose share is sealed for the custodians that the roster in force names. */
  backedUpEpoch: z.int().nullable(),
  /**
   * With which holders it has what ECDSA needs, in the epoch in use; absent for keys that sign without
   * pairs, and from a party that was started before it could say so.
   */
  pairs: z
    .array(
      z.strictObject({
        peer: slug,
        id: digestHex,
        state: z.enum(['set-up', 'used', 'banned', 'given-up']),
      }),
    )
    .max(16)
    .optional(),
});

export const partyStatus = z.strictObject({
  name: slug,
  group,
  mode: environment,
  identityKey: publicKeyHex,
  exchangeKey: publicKeyHex,
  /** Digest of the pinned genesis, null before the pin. */
  genesisDigest: digestHex.nullable(),
  offeredGenesisDigest: digestHex.nullable(),
  rosterVersion: z.int().nullable(),
  policyVersion: z.int().nullable(),
  rosterDigest: digestHex.nullable(),
  policyDigest: digestHex.nullable(),
  keys: z.array(partyKey).max(1000),
  destinations: z.int(),
  clock: instant,
  heads: z.strictObject({
    roster: digestHex.nullable(),
    policy: digestHex.nullable(),
    audit: digestHex,
  }),
  /** Its own page, as browsers spell it. */
  origin: z.string().max(300),
  /** Whether another party said, since the start, how far this one had come. */
  word: z.enum(['heard', 'none-yet', 'behind']),
  peers: z
    .array(
      z.strictObject({
        name: slug,
        /** Null for one that was not heard since the start. */
        heardAt: instant.nullable(),
        /** Null where it was not heard for a while. */
        agrees: z.boolean().nullable(),
        /** Its clock minus this party's, in milliseconds. */
        clockSkewMs: z.number().nullable(),
      }),
    )
    .max(16),
  freezes: z
    .array(z.strictObject({ operation: operationId, scope: freezeScope, since: instant }))
    .max(1000),
  waits: z
    .array(z.strictObject({ operation: operationId, kind: z.string().max(40), until: instant }))
    .max(100),
  /** The last time it took part in something, handed out a share, took something over or refused. */
  lastDecision: z
    .strictObject({
      at: instant,
      event: z.string().max(40),
      // A party that was started before it could say these two leaves them out.
      operation: operationId.nullable().default(null),
      /** Code of a refusal. */
      refusal: z.string().max(64).nullable().default(null),
    })
    .nullable(),
});
export type PartyStatus = z.infer<typeof partyStatus>;

/** The share of a key that a party already stores, with what it signed about it. */
const heldKey = z.strictObject({
  ceremony: digestHex,
  publicKey: vaultKeyHex,
  echo: signedEnvelope,
});

const signature = z.strictObject({
  state: z.literal('signed'),
  signatures: signatureList,
  publicKey: vaultKeyHex,
});

const refusalCode = z.string().regex(/^[a-z-]{1,64}$/u);

export const rpc = {
  status: method('/v1/status', KIB, z.strictObject({}), partyStatus),
  offerGenesis: method(
    '/v1/genesis/offer',
    // A thousand founders with three keys each and their statements take 1.9 MiB.
    2 * KIB * KIB,
    z.strictObject({ bundle: z.unknown() }),
    z.strictObject({ genesisDigest: digestHex, pinned: z.boolean() }),
  ),
  adopt: method(
    '/v1/adopt',
    4 * KIB * KIB,
    z.strictObject({ bundle: looseBundle, receipts: z.array(adoptionReceipt).max(16) }),
    adoptionReceipt,
  ),
  /** Shows an operation before it is due, for the party's own pages; nothing rests on it. */
  present: method(
    '/v1/present',
    4 * KIB * KIB,
    z.strictObject({ bundle: looseBundle, transaction: transaction.nullable() }),
    z.strictObject({ operation: operationId, intentDigest: digestHex, seenAt: instant }),
  ),
  /** A rejection or cancellation by itself: it counts without anything beside it. */
  no: method(
    '/v1/no',
    64 * KIB,
    z.strictObject({ signed: z.unknown() }),
    z.strictObject({ operation: operationId, attempt: z.int(), takenAt: instant }),
  ),
  ceremonyBegin: method(
    '/v1/ceremony/begin',
    512 * KIB,
    z.strictObject({ bundle: looseBundle }),
    z.discriminatedUnion('state', [
      z.strictObject({
        state: z.literal('begun'),
        envelope: signedEnvelope,
        held: heldKey.nullable(),
      }),
      z.strictObject({ state: z.literal('usable'), ...heldKey.shape }),
    ]),
  ),
  ceremonyReveal: method(
    '/v1/ceremony/reveal',
    128 * KIB,
    z.strictObject({ key: slug, envelopes }),
    z.strictObject({ envelope: signedEnvelope }),
  ),
  ceremonyDeal: method(
    '/v1/ceremony/deal',
    128 * KIB,
    z.strictObject({ key: slug, envelopes }),
    z.strictObject({ envelopes: z.array(signedEnvelope).max(16) }),
  ),
  ceremonyFinish: method(
    '/v1/ceremony/finish',
    128 * KIB,
    z.strictObject({ key: slug, envelopes }),
    z.strictObject({ envelope: signedEnvelope }),
  ),
  ceremonyConfirm: method(
    '/v1/ceremony/confirm',
    128 * KIB,
    z.strictObject({ key: slug, envelopes }),
    z.strictObject({ envelope: signedEnvelope }),
  ),
  ceremonyActivate: method(
    '/v1/ceremony/activate',
    128 * KIB,
    z.strictObject({ key: slug, envelopes }),
    z.strictObject({ publicKey: vaultKeyHex }),
  ),
  signBegin: method(
    '/v1/sign/begin',
    1280 * KIB,
    z.strictObject({ bundle: looseBundle, transaction, quorum: z.array(slug).min(2).max(16) }),
    z.discriminatedUnion('state', [
      z.strictObject({ state: z.literal('open'), session: hexOf(32), envelope: signedEnvelope }),
      signature,
    ]),
  ),
  signShare: method(
    '/v1/sign/share',
    SHARE_BYTES,
    z.strictObject({ session: hexOf(32), envelopes }),
    z.strictObject({ envelope: signedEnvelope }),
  ),
  signFinish: method(
    '/v1/sign/finish',
    64 * KIB,
    z.strictObject({ session: hexOf(32), envelopes }),
    signature,
  ),
  signSettle: method(
    '/v1/sign/settle',
    768 * KIB,
    z.strictObject({
      operation: operationId,
      message: base64urlBytes(MESSAGE_MAX),
      signatures: signatureList,
    }),
    signature,
  ),
  /** What stands at the head of a request to a cold party, signed. */
  coldWord: method(
    '/v1/cold/word',
    KIB,
    z.strictObject({ to: slug, trip: digestHex, session: hexOf(32).nullable() }),
    signedColdWord,
  ),
  /** What this party took over after one of its decrees, for a cold party to catch up. */
  coldNews: method(
    '/v1/cold/news',
    KIB,
    z.strictObject({ after: z.int().min(0) }),
    z.strictObject({
      decrees: z
        .array(
          z.strictObject({
            seq: z.int(),
            kind: z.string().max(40),
            operation: operationId,
            intentDigest: digestHex,
            document: z.unknown(),
            /** Null for a "no", which counts by itself. */
            receipt: adoptionReceipt.nullable(),
          }),
        )
        .max(100),
      last: z.int(),
    }),
  ),
  /** Whether the session that waits for a cold party is still there. */
  coldTrip: method(
    '/v1/cold/trip',
    KIB,
    z.strictObject({ session: hexOf(32), operation: operationId, messageDigest: digestHex }),
    z.discriminatedUnion('state', [
      z.strictObject({ state: z.literal('open'), until: instant }),
      z.strictObject({ state: z.literal('void'), refusal: refusalCode }),
      signature,
    ]),
  ),
  /** How far a cold party has come, as it signed it. */
  coldHeads: method(
    '/v1/cold/heads',
    2 * KIB,
    signedColdHeads,
    z.strictObject({ length: z.int() }),
  ),
  /** What the party says of the vault of a key that it holds a share of. */
  vaultReceipt: method('/v1/vault/receipt', KIB, z.strictObject({ key: slug }), signedVaultReceipt),
  ...keyLifeRpc,
  ...pairRpc,
  ...ecdsaRpc,
} as const;

export type RpcName = keyof typeof rpc;
export type RpcRequest<N extends RpcName> = z.infer<(typeof rpc)[N]['request']>;
export type RpcAnswer<N extends RpcName> = z.infer<(typeof rpc)[N]['answer']>;

/** Answers of every method: the value, or a constant refusal and the party that is to blame, if one is. */
export const rpcRefusal = z.strictObject({
  ok: z.literal(false),
  refusal: refusalCode,
  culprit: slug.nullable(),
});
