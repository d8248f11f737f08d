/** Errors of executed or simulated transactions, as nodes report them. */
import { z } from 'zod';

const name = z.string().regex(/^[A-Za-z]{1,64}$/);
const index = z.union([z.bigint(), z.number()]);

/** A name, such as `BlockhashNotFound`, or a name with details, such as `{ InstructionError: [1, { Custom: 1 }] }`. */
export const transactionError = z.union([
  name,
  z.object({
    InstructionError: z.tuple([
      index,
      z.union([name, z.record(name, z.union([index, z.string().max(200)]))]),
    ]),
  }),
  z.record(name, z.union([index, z.record(z.string().max(64), index)])),
]);
export type TransactionError = z.infer<typeof transactionError>;

/** One short line, such as `InstructionError 1 Custom 1`; stable enough to store and compare. */
export function describeTransactionError(error: TransactionError): string {
  return flatten(error).join(' ').slice(0, 200);
}

/** The error's own name, such as `InstructionError`. */
export function nameOfTransactionError(error: TransactionError): string {
  return flatten(error)[0] ?? 'Unknown';
}

function flatten(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(flatten);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, inner]) => [key, ...flatten(inner)]);
  return [String(value)];
}
