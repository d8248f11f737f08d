/** What a start in production needs, and what of the sandbox it refuses. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { databaseFaults } from '#lib/platform/env-database.ts';
import { EnvironmentError, readWebEnvironment, readWorkerEnvironment } from '#lib/platform/env.ts';
import { atRestProblems } from './at-rest.ts';
import { Problem } from './problem.ts';
import type { Settings } from './settings.ts';

type Variables = Readonly<Record<string, string | undefined>>;

function faultsOf(read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.faults;
    throw error;
  }
}

/** Sentences about everything that keeps this installation from running in production. */
export function productionProblems(settings: Settings, variables: Variables): string[] {
  const faults = new Set<string>();
  if (settings.databaseUrl === null)
    faults.add(
      'DATABASE_URL is not set; it must name the PostgreSQL database and its owner. The embedded database is for the sandbox only.',
    );
  else
    for (const fault of databaseFaults({
      name: 'DATABASE_URL',
      url: settings.databaseUrl,
      isOwner: true,
    }))
      faults.add(fault);
  if (!settings.hasSample)
    faults.add(
      '`--empty` and COUNTERSIGN_SAMPLE are for the sandbox only; production never has a sample organisation.',
    );
  if (settings.isDev) faults.add('`npm run dev` is for the sandbox only; use `npm start`.');
  for (const read of [readWebEnvironment, readWorkerEnvironment])
    for (const fault of faultsOf(() => read(variables))) faults.add(fault);
  if (!/^[A-Za-z0-9+/]{43}=$/.test(variables['NEXT_SERVER_ACTIONS_ENCRYPTION_KEY'] ?? ''))
    faults.add(
      'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY must be 32 random bytes in base64 (`openssl rand -base64 32`), the same for every web server.',
    );
  const ofWeb = variables['COUNTERSIGN_KEYS_TOKEN_WEB'];
  if (ofWeb && ofWeb === variables['COUNTERSIGN_KEYS_TOKEN_WORKER'])
    faults.add(
      'COUNTERSIGN_KEYS_TOKEN_WEB and COUNTERSIGN_KEYS_TOKEN_WORKER must differ: the web server must not be able to destroy keys as the worker does.',
    );
  for (const fault of atRestProblems(variables['COUNTERSIGN_AT_REST'], settings)) faults.add(fault);
  for (const piece of ['secrets.json', 'sandbox', 'postgres'])
    if (existsSync(join(settings.data, piece)))
      faults.add(
        `The data folder ${settings.data} holds a sandbox (${piece}). Use a folder of its own for production: COUNTERSIGN_DATA=/another/folder.`,
      );
  return [...faults];
}

/** @throws Problem that lists them all */
export function requireProduction(settings: Settings, variables: Variables): void {
  const faults = productionProblems(settings, variables);
  if (faults.length === 0) return;
  throw new Problem(
    `Countersign does not start in production mode:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
  );
}
