/** Settings of the sandbox chain: environment first, arguments over it. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';

export type SandboxChainConfig = {
  /** Folder of the chain's state. */
  folder: string;
  host: '127.0.0.1';
  /** 0 for any free port. */
  port: number;
  /** Time between two blocks while something is waiting or not final yet, in milliseconds. */
  blockMs: number;
};

/** Bad settings: the message names the setting and what is expected. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * `--data FOLDER` or COUNTERSIGN_DATA; `--port N` or COUNTERSIGN_ETHEREUM_PORT (3192);
 * `--block-ms N` or COUNTERSIGN_ETHEREUM_BLOCK_MS (1000).
 * @throws ConfigError
 */
export function readConfig(argv: readonly string[], env: NodeJS.ProcessEnv): SandboxChainConfig {
  if (env['COUNTERSIGN_MODE'] === 'production')
    throw new ConfigError(
      'The sandbox chain does not start with COUNTERSIGN_MODE=production. Point COUNTERSIGN_ETHEREUM_RPC at an Ethereum node instead.',
    );
  const values = readArguments(argv);
  const data = values.data ?? env['COUNTERSIGN_DATA'];
  if (!data) throw new ConfigError('COUNTERSIGN_DATA (or --data) must name the data folder.');
  return {
    folder: join(data, 'sandbox', 'ethereum'),
    host: '127.0.0.1',
    port: wholeNumber(
      'COUNTERSIGN_ETHEREUM_PORT (or --port)',
      values.port ?? env['COUNTERSIGN_ETHEREUM_PORT'] ?? '3192',
      0,
      65_535,
    ),
    blockMs: wholeNumber(
      'COUNTERSIGN_ETHEREUM_BLOCK_MS (or --block-ms)',
      values['block-ms'] ?? env['COUNTERSIGN_ETHEREUM_BLOCK_MS'] ?? '1000',
      10,
      60_000,
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

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new ConfigError(`${name} must be a whole number from ${least} to ${most}.`);
}
