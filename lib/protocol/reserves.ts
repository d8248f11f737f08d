/** The documents that leave the house: a snapshot with its signatures, for everybody, and a proof, for one client. */
import { z } from 'zod';
import { blockAnchor, proofOfControlIntent } from './control-intent.ts';
import {
  amount,
  assetCode,
  address,
  chainId,
  clientId,
  digestHex,
  environment,
  instant,
  operationId,
  slug,
} from './scalars.ts';
import { keySuite } from './suites.ts';

/** Heights of a liabilities tree above its leaves, at most. */
const DEPTH_MAX = 40;

/** Assets of one snapshot, at most. */
const ASSETS_MAX = 200;
/** Pieces of one balance, at most: the least, and one for each part of the total. */
const PIECES_MAX = 128;

/** What everybody is told about the liabilities in one asset. */
export const liabilityRoot = z.strictObject({
  asset: assetCode,
  /** Heights above the leaves. */
  depth: z.int().min(0).max(DEPTH_MAX),
  hash: digestHex,
  /** Sum of all clients' balances, smallest unit. */
  total: amount,
});
export type LiabilityRoot = z.infer<typeof liabilityRoot>;

const units = z.strictObject({ asset: assetCode, amount });

/** One address, and what the books say lies there. */
export const reserve = z.strictObject({
  vault: slug,
  chain: chainId,
  address,
  asset: assetCode,
  /** Smallest unit. */
  amount,
});
export type Reserve = z.infer<typeof reserve>;

/** What the custodian states about one instant. Its digest is what proofs and signatures name. */
export const reservesSnapshot = z.strictObject({
  type: z.literal('countersign/reserves-snapshot/v1'),
  organisation: slug,
  environment,
  snapshot: operationId,
  /** The closed position of the books that it is about. */
  close: z.strictObject({ closedAt: instant, lastJournal: amount }),
  /** Salted SHA-256 of the seed from which the trees can be built again. */
  seedCommitment: digestHex,
  /** In the order of assets. */
  liabilities: z.array(liabilityRoot).max(ASSETS_MAX),
  /** What arrived and nobody has claimed yet: it is owed too, to people whom no tree can name. */
  unclaimed: z.array(units).max(ASSETS_MAX),
  /** In the order of vaults and assets. */
  reserves: z.array(reserve).max(1_000),
  /** Client money at banks and on its way: the books say so, and no signature can show it. */
  elsewhere: z.array(units).max(ASSETS_MAX),
  /** One block of each chain with reserves: signatures that name it are younger. */
  blocks: z.array(z.strictObject({ chain: chainId, ...blockAnchor.shape })).max(20),
});
export type ReservesSnapshot = z.infer<typeof reservesSnapshot>;

const pathStep = z.strictObject({ hash: digestHex, sum: amount });

export const assetProof = z.strictObject({
  asset: assetCode,
  /** What the client was owed, smallest unit: the sum of the pieces. */
  amount,
  pieces: z
    .array(
      z.strictObject({
        piece: z
          .int()
          .min(0)
          .max(PIECES_MAX - 1),
        amount,
        salt: digestHex,
        /** Place among the leaves, from 0. */
        position: z
          .int()
          .min(0)
          .max(2 ** DEPTH_MAX - 1),
        /** The node beside each node on the way up, from the leaf on. */
        path: z.array(pathStep).max(DEPTH_MAX),
      }),
    )
    .min(1)
    .max(PIECES_MAX),
});
export type AssetProof = z.infer<typeof assetProof>;

/** What one client gets: their own leaves, and what is needed to find the roots from them. */
export const liabilityProof = z.strictObject({
  type: z.literal('countersign/liability-proof/v1'),
  /** Digest of the snapshot that it belongs to. */
  snapshotDigest: digestHex,
  client: clientId,
  assets: z.array(assetProof).min(1).max(ASSETS_MAX),
});
export type LiabilityProof = z.infer<typeof liabilityProof>;

/**
 * As each chain's own verifiers take it: 64 bytes in hex on Solana, 65 on Ethereum (EIP-191), BIP322's simple
 * form on Bitcoin. Which one it has to be follows from the intent's chain.
 */
const controlSignature = z
  .string()
  .regex(/^(?:[0-9a-f]{128}|[0-9a-f]{130}|smp[0-9A-Za-z+/]{80,160}={0,2})$/);

/** The key of a vault signed the text that follows from the intent. */
export const controlProof = z.strictObject({
  intent: proofOfControlIntent,
  signature: controlSignature,
});
export type ControlProof = z.infer<typeof controlProof>;

/**
 * The public key of a vault in which every owner has addresses of their own: all of them follow from it by
 * BIP32 (decisions 24 and 25). Whoever has it can try client numbers and read each client's balance off the
 * chain, so it is in the file for auditors alone.
 */
export const vaultPublicKey = z.strictObject({
  vault: slug,
  suite: keySuite,
  /** 33 bytes, compressed. */
  publicKey: z.string().regex(/^0[23][0-9a-f]{64}$/),
});
export type VaultPublicKey = z.infer<typeof vaultPublicKey>;

/** The file for everybody: what is stated, and the signatures over its digest that are there so far. */
export const reservesPublication = z.strictObject({
  type: z.literal('countersign/reserves-publication/v1'),
  snapshot: reservesSnapshot,
  controls: z.array(controlProof).max(1_000),
  /** In the file for auditors: of every vault with reserves whose owners have addresses of their own. */
  keys: z.array(vaultPublicKey).max(1_000).optional(),
});
export type ReservesPublication = z.infer<typeof reservesPublication>;
