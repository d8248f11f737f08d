/** The console's own database for a command that runs beside it, with what its web server may. */
import type { Context, Settings as ContextSettings } from '#lib/platform/context.ts';
import { systemClock } from '#lib/platform/clock.ts';
import { databaseFor, type DatabaseOptions } from '#lib/platform/db/client.ts';
import { setKeysOf } from '#lib/platform/data-keys/our-keys.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { urlFor, webRole } from '#lib/platform/db/roles.ts';
import { EnvironmentError, readWebEnvironment } from '#lib/platform/env.ts';
import { settingsFrom } from '#lib/platform/web-context.ts';
import { ownerUrl, webVariables } from './environments.ts';
import { runningSupervisor } from './lock.ts';
import { Problem } from './problem.ts';
import { loadSecrets } from './secrets.ts';
import { readSettings, type Settings } from './settings.ts';

/** In a sandbox the supervisor's own variables; in production those that the web server has. */
function variablesFor(
  settings: Settings,
  start: string,
): Readonly<Record<string, string | undefined>> {
  if (settings.mode === 'production') return process.env;
  if (runningSupervisor(settings.data) === null)
    throw new Problem(
      `No sandbox runs on ${settings.data}. Start one with \`${start}\`, and ask again.`,
    );
  const secrets = loadSecrets(settings.data);
  const webUrl = urlFor(ownerUrl(settings, secrets), webRole, secrets.databaseWeb);
  return webVariables(settings, secrets, { webUrl, workerUrl: webUrl });
}

function open(settings: Settings, start: string, options: DatabaseOptions): Context {
  try {
    const variables = variablesFor(settings, start);
    const environment = readWebEnvironment(variables);
    const { COUNTERSIGN_KEYS: address, COUNTERSIGN_KEYS_TOKEN_WEB: token } = variables;
    if (address && token) setKeysOf({ address, token });
    const own: ContextSettings = settingsFrom(environment);
    return { db: databaseFor(environment.databaseUrl, options), clock: systemClock, settings: own };
  } catch (error) {
    if (error instanceof EnvironmentError) throw new Problem(error.message);
    throw error;
  }
}

/** PostgreSQL's own codes for a connection that is lost, or a server that goes down. */
const LOST = /Code: `(?:08\w{3}|57P0[1-3])`/u;

/** Prisma's codes from P1000 on are about the way to the database; their words hold no password. */
function connectionProblem(error: unknown): Problem | null {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return null;
  if (!/^P1\d{3}$/u.test(error.code) && !LOST.test(error.message)) return null;
  const reason = error.message.trim().split('\n').at(-1) ?? '';
  return new Problem(
    `The database of DATABASE_URL_WEB cannot be used: ${reason}. Check that it runs, and its address and password.`,
  );
}

/**
 * Runs `work` in the context of the web server and closes it.
 * @param start command that starts a sandbox fit for it, for the sentence where none runs.
 * @throws Problem where no console is there, or its database cannot be used.
 */
export async function withContext<T>(
  start: string,
  work: (context: Context) => Promise<T>,
  options: DatabaseOptions = {},
): Promise<T> {
  const context = open(readSettings(process.env, { isDev: false }), start, options);
  try {
    return await work(context);
  } catch (error) {
    throw connectionProblem(error) ?? error;
  } finally {
    await context.db.$disconnect();
  }
}
