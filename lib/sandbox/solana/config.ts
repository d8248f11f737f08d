/** Settings of the sandbox chain: environment first, arguments over it. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';

export type SandboxChainConfig = {
  /** Folder of the chain's state. */
  folder: string;
  host: '127.0.0.1';
  /** 0 for any free port. */
  port: number;
  /** Length of a slot in milliseconds. */
  slotMs: number;
};

/** Bad settings: the message names the setting and what is expected. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * `--data FOLDER` or COUNTERSIGN_DATA; `--port N` or COUNTERSIGN_SOLANA_PORT (3190);
 * `--slot-ms N` or COUNTERSIGN_SOLANA_SLOT_MS (400).
 * @throws ConfigError
 */
export function readConfig(argv: readonly string[], env: NodeJS.ProcessEnv): SandboxChainConfig {
  if (env['COUNTERSIGN_MODE'] === 'production')
    throw new ConfigError(
      'The sandbox chain does not start with COUNTERSIGN_MODE=production. Point COUNTERSIGN_SOLANA_RPC at a Solana node instead.',
    );
  const values = readArguments(argv);
  const data = values.data ?? env['COUNTERSIGN_DATA'];
  if (!data) throw new ConfigError('COUNTERSIGN_DATA (or --data) must name the data folder.');
  return {
    folder: join(data, 'sandbox', 'solana'),
    host: '127.0.0.1',
    port: wholeNumber(
      'COUNTERSIGN_SOLANA_PORT (or --port)',
      values.port ?? env['COUNTERSIGN_SOLANA_PORT'] ?? '3190',
      0,
      65_535,
    ),
    slotMs: wholeNumber(
      'COUNTERSIGN_SOLANA_SLOT_MS (or --slot-ms)',
      values['slot-ms'] ?? env['COUNTERSIGN_SOLANA_SLOT_MS'] ?? '400',
      5,
      60_000,
    ),
  };
}

function readArguments(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...argv], options: { data: text, port: text, 'slot-ms': text } })
      .values;
  } catch (error) {
    throw new ConfigError(error instanceof Error ? error.message : 'Bad arguments.');
  }
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new ConfigError(`${name} must be a whole number from ${least} to ${most}.`);
}
