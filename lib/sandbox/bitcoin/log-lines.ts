/** Lines of the Bitcoin stand-in's log: what happened, in order; everything else follows from it. */
import { z } from 'zod';
import type { LineCodec } from '../log-file.ts';

const hex = z.string().regex(/^(?:[0-9a-f]{2})+$/);

/** A block's height is the place it is put at. */
const storedBlock = z.object({ header: hex.length(160), transactions: z.array(hex).min(1) });
export type StoredBlock = z.output<typeof storedBlock>;

const logLine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('genesis'), sandbox: z.literal(true), faucetKey: hex.length(64) }),
  /** Taken into the mempool. */
  z.object({ kind: z.literal('transaction'), hex, time: z.int() }),
  z.object({ kind: z.literal('block'), block: storedBlock }),
  /** So many blocks taken off, and these put on instead; in one line, so never half of it. */
  z.object({ kind: z.literal('reorg'), depth: z.int().min(1), blocks: z.array(storedBlock) }),
]);
export type LogLine = z.output<typeof logLine>;

export const logLines: LineCodec<LogLine> = {
  write: (line) => Buffer.from(`${JSON.stringify(line)}\n`),
  check: (value) => logLine.parse(value),
};
