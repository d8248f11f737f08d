/** What the sandbox chain keeps over a restart: when it began, and its whole state. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** A file that can't be used or is missing; the message says which and what to do. */
export class StateFault extends Error {
  override name = 'StateFault';
}

const genesis = z.strictObject({ timestamp: z.int().min(1).max(0xffff_ffff) });
/** As anvil writes it: packed, in hex. */
const dump = z
  .string()
  .regex(/^0x(?:[0-9a-f]{2})+$/)
  .max(512 * 1024 * 1024);

export type StateFiles = {
  /** Unix time of block 0: it makes the first block's hash, so each sandbox is a chain of its own. */
  timestamp: number;
  /** Null for a chain that has no block yet. */
  readState(): string | null;
  writeState(state: string): void;
};

/** @param now unix time in seconds, for a chain that begins. @throws StateFault */
export function openStateFiles(folder: string, now: number): StateFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const genesisFile = join(folder, 'genesis.json');
  const stateFile = join(folder, 'state.hex');
  if (!existsSync(genesisFile)) writeWhole(genesisFile, JSON.stringify({ timestamp: now }));
  return {
    timestamp: readGenesis(genesisFile),
    readState: () => readState(stateFile),
    writeState: (state) => writeWhole(stateFile, state),
  };
}

function readGenesis(path: string): number {
  try {
    return genesis.parse(JSON.parse(readFileSync(path, 'utf8'))).timestamp;
  } catch {
    throw new StateFault(
      `${path} can't be read. Wipe the sandbox with \`npm run reset\`, or put the file back.`,
    );
  }
}

function readState(path: string): string | null {
  if (!existsSync(path)) return null;
  const parsed = dump.safeParse(readFileSync(path, 'utf8'));
  if (parsed.success) return parsed.data;
  throw new StateFault(
    `${path} holds no state of the sandbox chain. Wipe the sandbox with \`npm run reset\`, or put the file back.`,
  );
}

/** The old file stands until the new one is whole. */
function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
