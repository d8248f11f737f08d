/** Settings of the Bitcoin stand-in: environment first, arguments over it. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';

export type BitcoinSandboxConfig = {
  /** Folder of the chain's state. */
  folder: string;
  host: '127.0.0.1';
  /** 0 for any free port. */
  port: number;
  /** Milliseconds between two blocks; 0 for blocks on demand only. */
  blockMs: number;
};

/** Bad settings: the message names the setting and what is expected. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * `--data FOLDER` or COUNTERSIGN_DATA; `--port N` or COUNTERSIGN_BITCOIN_PORT (3191);
 * `--block-ms N` or COUNTERSIGN_BITCOIN_BLOCK_MS (10000).
 * @throws ConfigError
 */
export function readConfig(argv: readonly string[], env: NodeJS.ProcessEnv): BitcoinSandboxConfig {
  if (env['COUNTERSIGN_MODE'] === 'production')
    throw new ConfigError(
      'The Bitcoin sandbox does not start with COUNTERSIGN_MODE=production. Point the console at a Bitcoin node instead.',
    );
  const values = readArguments(argv);
  const data = values.data ?? env['COUNTERSIGN_DATA'];
  if (!data) throw new ConfigError('COUNTERSIGN_DATA (or --data) must name the data folder.');
  return {
    folder: join(data, 'sandbox', 'bitcoin'),
    host: '127.0.0.1',
    port: wholeNumber(
      'COUNTERSIGN_BITCOIN_PORT (or --port)',
      values.port ?? env['COUNTERSIGN_BITCOIN_PORT'] ?? '3191',
      65_535,
    ),
    blockMs: wholeNumber(
      'COUNTERSIGN_BITCOIN_BLOCK_MS (or --block-ms)',
      values['block-ms'] ?? env['COUNTERSIGN_BITCOIN_BLOCK_MS'] ?? '10000',
      3_600_000,
    ),
  };
}

function readArguments(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...argv], options: { data: text, port: text, 'block-ms': text } })
      .values;
  } catch (error) {
    throw new ConfigError(error instanceof Error ? error.message : 'Bad arguments.');
  }
}

function wholeNumber(name: string, text: string, most: number): number {
  const value = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  if (value <= most) return value;
  throw new ConfigError(`${name} must be a whole number from 0 to ${most}.`);
}
