/** What the travelling documents of cold parties carry, for both ends. */
import { z } from 'zod';
import { signedColdConfirm } from '#lib/protocol/cold-confirm.ts';
import { chainId, operationId, slug } from '#lib/protocol/scalars.ts';
import { signedStatement } from '#lib/protocol/statement.ts';
import { signedVaultReceipt } from '#lib/protocol/vault-receipt.ts';
import { signedColdHeads, signedColdWord } from './cold-word.ts';
import { base64urlBytes } from './encoding.ts';
import { signedEnvelope } from './envelope.ts';
import { signatureList } from './payloads.ts';
import { adoptionReceipt } from './receipt.ts';
import { rpcRefusal } from './rpc.ts';

/** How the console names itself at its end of the way. */
export const CONSOLE = 'console';

export const coldKinds = [
  'signing-request',
  'signing-answer',
  'round-request',
  'round-answer',
] as const;
export type ColdKind = (typeof coldKinds)[number];

/** Longest message of a transaction in bytes; Solana's own limit is 1232 with signatures. */
const MESSAGE_MAX = 16 * 1024;
const NEWS_MAX = 500;

/** Each is checked for itself by whoever adopts it; from outside, anything at all. */
const looseBundle = z.strictObject({
  intent: z.unknown(),
  statements: z.unknown(),
  facts: z.unknown().optional(),
});

/** What the cold party has missed, in the order in which a party with a network took it over. */
export const news = z.discriminatedUnion('what', [
  z.strictObject({
    what: z.literal('decree'),
    bundle: looseBundle,
    receipts: z.array(adoptionReceipt).max(16),
  }),
  z.strictObject({ what: z.literal('no'), signed: signedStatement }),
  /** A signature that came of a share of this cold party. */
  z.strictObject({
    what: z.literal('signature'),
    operation: operationId,
    message: base64urlBytes(MESSAGE_MAX),
    signatures: signatureList,
  }),
]);
export type News = z.infer<typeof news>;

const told = {
  /** The first is of the party whose request this is. */
  words: z.array(signedColdWord).max(16),
  news: z.array(news).max(NEWS_MAX),
} as const;

/** Asks a cold party to decide and, with somebody's key press, to sign. */
export const signingRequest = z.strictObject({
  ...told,
  bundle: looseBundle,
  transaction: z.strictObject({ chain: chainId, message: base64urlBytes(MESSAGE_MAX) }),
  quorum: z.array(slug).min(2).max(16),
  /** The commitment of the party whose session is open. */
  envelope: z.unknown(),
});
export type SigningRequest = z.infer<typeof signingRequest>;

const returned = {
  /** Null before a genesis is pinned. */
  heads: signedColdHeads.nullable(),
  /** What the cold party says of vaults whose keys it holds a share of; absent where it holds none. */
  receipts: z.array(signedVaultReceipt).max(16).optional(),
} as const;

export const signingAnswer = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true),
    commitment: signedEnvelope,
    share: signedEnvelope,
    /** The key presses at the cold party's page, for the evidence. */
    confirms: z.array(signedColdConfirm).min(1).max(8),
    ...returned,
  }),
  z.strictObject({ ...rpcRefusal.shape, ...returned }),
]);
export type SigningAnswer = z.infer<typeof signingAnswer>;

/** Highest number of steps in one request. */
export const CALLS_MAX = 8;

/** Asks a cold party to take steps of a ceremony, in this order, until one is refused. */
export const roundRequest = z.strictObject({
  ...told,
  calls: z
    .array(z.strictObject({ method: z.string().regex(/^[a-zA-Z]{1,40}$/u), request: z.unknown() }))
    .min(1)
    .max(CALLS_MAX),
});
export type RoundRequest = z.infer<typeof roundRequest>;

const stepAnswer = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  rpcRefusal,
]);
export type StepAnswer = z.infer<typeof stepAnswer>;

export const roundAnswer = z.strictObject({
  /** As many as there were steps, or fewer where the last one was refused. */
  answers: z.array(stepAnswer).max(CALLS_MAX),
  /** Why none was taken, where the request as a whole was refused. */
  refused: rpcRefusal.nullable(),
  ...returned,
});
export type RoundAnswer = z.infer<typeof roundAnswer>;
