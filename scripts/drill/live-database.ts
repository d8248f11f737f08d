/** The address of the live database's owner, for a command that drills it. */
import { databaseFaults } from '#lib/platform/env-database.ts';
import { ownerUrl } from '../supervisor/environments.ts';
import { runningSupervisor } from '../supervisor/lock.ts';
import { Problem } from '../supervisor/problem.ts';
import { loadSecrets } from '../supervisor/secrets.ts';
import type { Settings } from '../supervisor/settings.ts';

/**
 * DATABASE_URL where it is set, as in production; the sandbox's own database otherwise.
 * @throws Problem where there is none, or in production one that must not be used.
 */
export function liveOwnerUrl(settings: Settings): string {
  const { databaseUrl, mode, data } = settings;
  if (mode === 'production') {
    if (databaseUrl === null)
      throw new Problem('DATABASE_URL is not set; it must name the live database and its owner.');
    const faults = databaseFaults({ name: 'DATABASE_URL', url: databaseUrl, isOwner: true });
    if (faults.length > 0) throw new Problem(faults.join('\n'));
    return databaseUrl;
  }
  if (databaseUrl !== null) return databaseUrl;
  if (runningSupervisor(data) === null)
    throw new Problem(
      `No sandbox runs on ${data}. Start one with \`npm start\`, and ask again; or name a database with DATABASE_URL.`,
    );
  return ownerUrl(settings, loadSecrets(data));
}
