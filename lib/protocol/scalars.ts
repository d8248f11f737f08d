/**
 * The field formats every canonical document is made of. Each is strict and has exactly one
 * spelling per value, so two documents that mean the same have the same digest.
 */
import { z } from 'zod';

/** Lower-case hex SHA-256, 64 characters. */
export const digestHex = z.string().regex(/^[0-9a-f]{64}$/);

/** Lower-case hex of 32 bytes, for Ed25519 and X25519 public keys. */
export const publicKeyHex = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * Public key of a vault, or a point of its key, as lower-case hex: 32 bytes on Ed25519, 33 bytes (SEC1,
 * compressed) on secp256k1.
 */
export const vaultKeyHex = z.string().regex(/^(?:[0-9a-f]{64}|0[23][0-9a-f]{64})$/);

/** Lower-case hex of an Ed25519 signature. */
export const signatureHex = z.string().regex(/^[0-9a-f]{128}$/);

/**
 * Base64url without padding, at most 4096 characters. Unused bits of the last character are zero,
 * so that one byte string has one spelling and two spellings are two byte strings.
 */
export const base64url = z
  .string()
  .min(1)
  .max(4096)
  .regex(/^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-][AQgw]|[A-Za-z0-9_-]{2}[AEIMQUYcgkosw048])?$/);

/** Random (version 4) UUID in lower case; made by the client that raises an operation. */
export const operationId = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

/** Pseudonymous id of a person: never a name, safe in rows that can't be erased. */
export const personId = z.string().regex(/^p-[a-z2-7]{10}$/);

/** Short name of a thing (vault, party, key, destination, asset class): lower case, digits, hyphens. */
export const slug = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/);

/** Pseudonymous client number, such as `C-20418`. */
export const clientId = z.string().regex(/^C-\d{4,10}$/);

/**
 * Who bears the network fee, by name: the custodian, whose fee account pays, or the client whose own
 * account sends.
 */
export const feeBearer = z.union([z.literal('custodian'), clientId]);

/** Asset ticker, such as `SOL`. */
export const assetCode = z.string().regex(/^[A-Z0-9]{2,12}$/);

/** Address on a chain, as its own tools print it: ASCII that shows, so that no two look alike. */
export const address = z.string().regex(/^[\x21-\x7e]{1,128}$/);

/** Host name as browsers spell it: lower case, without a port. */
export const hostName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/);

/** Web origin exactly as browsers spell it: scheme, host and a port that is not the usual one. */
export const webOrigin = z
  .string()
  .max(300)
  .regex(/^https?:\/\//)
  .refine((text) => URL.canParse(text) && new URL(text).origin === text, 'must be an origin');

/** CAIP-2 chain id, such as `solana:sandbox`. */
export const chainId = z.string().regex(/^[a-z0-9-]{3,8}:[A-Za-z0-9_-]{1,32}$/);

/** Amount in the asset's smallest unit, decimal digits without sign, leading zeros or exponent. */
export const amount = z.string().regex(/^(?:0|[1-9]\d{0,77})$/);

/** The same, more than zero. */
export const positiveAmount = z.string().regex(/^[1-9]\d{0,77}$/);

/** Instant in UTC with milliseconds, exactly as `Date.prototype.toISOString` prints it. */
export const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
  .refine((text) => {
    const time = Date.parse(text);
    return Number.isFinite(time) && new Date(time).toISOString() === text;
  }, 'must be a real instant');

/** `sandbox` keys, people and origins are refused by everything that runs as `production`. */
export const environment = z.enum(['sandbox', 'production']);
export type Environment = z.infer<typeof environment>;

/** Position of a vault: how far its key is from a network. */
export const vaultTier = z.enum(['hot', 'warm', 'cold']);
export type VaultTier = z.infer<typeof vaultTier>;

/** Whose address a destination is. */
export const destinationClass = z.enum(['client-wallet', 'exchange', 'custodian', 'other']);
export type DestinationClass = z.infer<typeof destinationClass>;

/** Time of day, 00:00 to 23:59. */
export const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);

/** Name of a time zone in the IANA database, as this runtime knows it. */
export const timeZone = z
  .string()
  .max(64)
  .refine((name) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
    } catch {
      return false;
    }
  }, 'must be a time zone');
