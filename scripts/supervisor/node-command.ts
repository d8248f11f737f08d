/** Commands for children that run on Node 24. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from './service.ts';
import { pinnedNode, projectRoot } from './settings.ts';

const preload = pathToFileURL(
  join(projectRoot, 'scripts', 'supervisor', 'die-with-parent.mjs'),
).href;

const INHERITED = [
  'PATH',
  'HOME',
  'USER',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
] as const;

/** The few harmless variables that every child gets from ours; secrets are given by name only. */
export function baseEnvironment(): Record<string, string> {
  const entries = INHERITED.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(entries), NEXT_TELEMETRY_DISABLED: '1' };
}

/**
 * A Node.js child that ends when the supervisor is gone.
 * @param script absolute, or relative to the project
 */
export function nodeCommand(
  script: string,
  options: { args?: string[]; env?: Record<string, string>; user?: Command['user'] } = {},
): Command {
  return {
    file: pinnedNode,
    args: ['--import', preload, script, ...(options.args ?? [])],
    env: { ...baseEnvironment(), NODE_ENV: 'production', ...options.env },
    user: options.user,
  };
}
