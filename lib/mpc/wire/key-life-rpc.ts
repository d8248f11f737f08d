/** The methods by which parties refresh a key, repair a share and back shares up. */
import { z } from 'zod';
import { digestHex, operationId, slug, vaultKeyHex } from '#lib/protocol/scalars.ts';
import { shareBackup } from '../backup/archive.ts';
import { signedEnvelope } from './envelope.ts';
import { envelopes, KIB, looseBundle, method } from './rpc-method.ts';

const bundle = z.strictObject({ bundle: looseBundle });
const round = z.strictObject({ key: slug, envelopes });
const oneEnvelope = z.strictObject({ envelope: signedEnvelope });
const severalEnvelopes = z.strictObject({ envelopes: z.array(signedEnvelope).max(16) });

/** What a party holds of a key, in words that it signed. */
const keyLook = z.strictObject({
  /** The epoch in force there; null where the key is not in use yet. */
  used: z
    .strictObject({
      epoch: z.int(),
      ceremony: digestHex,
      publicKey: vaultKeyHex,
      /** Of the operation that made this epoch. */
      intentDigest: digestHex,
      /** Of all members, where a refresh made this epoch; empty where its share was repaired. */
      confirmations: z.array(signedEnvelope).max(16),
      /** That it is in force there; null for the first epoch. */
      word: signedEnvelope.nullable(),
      /** False while something is kept of the epoch before. */
      isAlone: z.boolean(),
    })
    .nullable(),
  /** The next epoch, where the party has confirmed it and it is not in force yet. */
  prepared: z.strictObject({ ceremony: digestHex, confirmation: signedEnvelope }).nullable(),
});
export type KeyLook = z.infer<typeof keyLook>;

export const keyLifeRpc = {
  keyLook: method('/v1/key/look', KIB, z.strictObject({ key: slug }), keyLook),
  refreshBegin: method('/v1/refresh/begin', 512 * KIB, bundle, oneEnvelope),
  refreshReveal: method('/v1/refresh/reveal', 128 * KIB, round, oneEnvelope),
  refreshDeal: method('/v1/refresh/deal', 128 * KIB, round, severalEnvelopes),
  refreshFinish: method('/v1/refresh/finish', 128 * KIB, round, oneEnvelope),
  refreshProve: method('/v1/refresh/prove', 128 * KIB, round, oneEnvelope),
  refreshConfirm: method('/v1/refresh/confirm', 128 * KIB, round, oneEnvelope),
  refreshActivate: method(
    '/v1/refresh/activate',
    128 * KIB,
    z.strictObject({
      key: slug,
      ceremony: digestHex,
      /** Confirmations of all other members. */
      envelopes,
      /** Words of those that have it in force, for a party that set it aside. */
      words: envelopes,
    }),
    oneEnvelope,
  ),
  refreshErase: method(
    '/v1/refresh/erase',
    128 * KIB,
    z.strictObject({ key: slug, ceremony: digestHex, envelopes }),
    z.strictObject({ epoch: z.int() }),
  ),
  repairBegin: method(
    '/v1/repair/begin',
    512 * KIB,
    bundle,
    z.discriminatedUnion('state', [
      z.strictObject({ state: z.literal('begun'), envelope: signedEnvelope }),
      /** The share of the party that should be repaired is there. */
      z.strictObject({ state: z.literal('held'), publicKey: vaultKeyHex }),
    ]),
  ),
  repairReveal: method(
    '/v1/repair/reveal',
    256 * KIB,
    round,
    /** Null from the party that lost its share, which has nothing to show. */
    z.strictObject({ envelope: signedEnvelope.nullable() }),
  ),
  repairEcho: method('/v1/repair/echo', 128 * KIB, round, oneEnvelope),
  repairDeal: method('/v1/repair/deal', 128 * KIB, round, severalEnvelopes),
  repairSum: method('/v1/repair/sum', 128 * KIB, round, oneEnvelope),
  repairFinish: method(
    '/v1/repair/finish',
    128 * KIB,
    round,
    z.strictObject({ publicKey: vaultKeyHex }),
  ),
  /** Begins to seal the party's share for its custodians. */
  backupBegin: method(
    '/v1/backup/begin',
    512 * KIB,
    bundle,
    z.strictObject({ state: z.enum(['sealing', 'sealed']) }),
  ),
  backupCollect: method(
    '/v1/backup/collect',
    KIB,
    z.strictObject({ operation: operationId }),
    z.strictObject({ archive: shareBackup }),
  ),
} as const;
