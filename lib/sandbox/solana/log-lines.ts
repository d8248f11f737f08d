/** Lines of the sandbox chain's log: what happened, in order, with the account states it left. */
import { z } from 'zod';
import type { LineCodec } from '../log-file.ts';
import type { AccountState } from './accounts.ts';
import type { NodeError } from './transaction-error.ts';

const lamports = z
  .string()
  .regex(/^\d{1,20}$/)
  .transform(BigInt);

const storedAccount = z.tuple([
  z.string(),
  z.object({ lamports, owner: z.string(), data: z.base64(), executable: z.boolean() }).nullable(),
]);

/** What happened stays as it was written; only its outline is checked on reading. */
const nodeError = z.custom<NodeError>(
  (value) => typeof value === 'string' || (typeof value === 'object' && value !== null),
);

export const executedLine = z.object({
  kind: z.literal('transaction'),
  id: z.string(),
  slot: z.int(),
  /** Unix seconds. */
  time: z.int(),
  error: nodeError.nullable(),
  wire: z.base64(),
  logs: z.array(z.string()),
  units: z.int(),
  fee: z.int(),
  before: z.array(lamports),
  after: z.array(lamports),
  changed: z.array(storedAccount),
});

const logLine = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('genesis'),
    sandbox: z.literal(true),
    seed: z.hex(),
    faucetSeed: z.hex(),
  }),
  z.object({ kind: z.literal('accounts'), slot: z.int(), changed: z.array(storedAccount) }),
  executedLine,
  z.object({ kind: z.literal('accepted'), id: z.string(), wire: z.base64(), due: z.int() }),
  z.object({ kind: z.literal('settled'), id: z.string() }),
]);

export type LogLine = z.output<typeof logLine>;
export type ExecutedLine = z.output<typeof executedLine>;
export type ChangedAccount = readonly [string, AccountState | null];

export function unpackAccounts(changed: ExecutedLine['changed']): ChangedAccount[] {
  return changed.map(([address, state]) => [
    address,
    state && { ...state, data: new Uint8Array(Buffer.from(state.data, 'base64')) },
  ]);
}

export function packAccounts(changed: readonly ChangedAccount[]): ExecutedLine['changed'] {
  return changed.map(([address, state]) => [
    address,
    state && { ...state, data: Buffer.from(state.data).toString('base64') },
  ]);
}

/** Bigints are written as decimal strings. */
export const logLines: LineCodec<LogLine> = {
  write: (line) =>
    Buffer.from(
      `${JSON.stringify(line, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))}\n`,
    ),
  check: (value) => logLine.parse(value),
};
