/** Shapes that the answers of both interfaces have in common. Numbers come as parseExactJson leaves them. */
import { z } from 'zod';
import { ExactDecimal } from './exact-json.ts';

export const hash32 = z.string().regex(/^[0-9a-f]{64}$/);

const MONEY_MAX = 21_000_000n * 100_000_000n;

export const satoshis = z.bigint().min(0n).max(MONEY_MAX);

/** A decimal in bitcoin, as satoshis. */
export const btcAmount = z
  .union([z.bigint(), z.instanceof(ExactDecimal)])
  .transform((value, context) => {
    const amount = typeof value === 'bigint' ? value * 100_000_000n : value.shifted(8);
    if (amount !== null && amount >= 0n && amount <= MONEY_MAX) return amount;
    context.addIssue({ code: 'custom', message: 'no amount of bitcoin' });
    return z.NEVER;
  });

export const height = z.bigint().min(0n).max(0x7fff_ffffn).transform(Number);
export const outputIndex = z.bigint().min(0n).max(0xffff_ffffn).transform(Number);

/** Hex of a transaction; Bitcoin lets no block weigh more than 4,000,000. */
export const transactionHex = z
  .string()
  .max(8_000_000)
  .regex(/^(?:[0-9a-f]{2})+$/);

/** Satoshis per 1000 virtual bytes above which nobody is believed: 0.5 BTC. */
export const FEE_RATE_MAX = 50_000_000n;
