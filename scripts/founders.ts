/** `npm run founders`: invites the people who found the organisation, before genesis is signed. */
import type { Context, Settings as ContextSettings } from '#lib/platform/context.ts';
import { systemClock } from '#lib/platform/clock.ts';
import { databaseFor } from '#lib/platform/db/client.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { urlFor, webRole } from '#lib/platform/db/roles.ts';
import { EnvironmentError, readWebEnvironment } from '#lib/platform/env.ts';
import type { Result } from '#lib/platform/result.ts';
import { settingsFrom } from '#lib/platform/web-context.ts';
import { inviteFounders } from '#lib/operations/genesis/invite-founders.ts';
import { removeFounder } from '#lib/operations/genesis/remove-founder.ts';
import { viewFounders } from '#lib/operations/genesis/view-founders.ts';
import { readCommand, USAGE, type Command } from './founders/command.ts';
import { foundersText, seatsText } from './founders/sentences.ts';
import { ownerUrl, webVariables } from './supervisor/environments.ts';
import { runningSupervisor } from './supervisor/lock.ts';
import { describe, Problem } from './supervisor/problem.ts';
import { loadSecrets } from './supervisor/secrets.ts';
import { readSettings, type Settings } from './supervisor/settings.ts';
import { asksForHelp } from './supervisor/usage.ts';

/** In a sandbox the supervisor's own variables; in production those that the web server has. */
function variablesFor(settings: Settings): Readonly<Record<string, string | undefined>> {
  if (settings.mode === 'production') return process.env;
  if (runningSupervisor(settings.data) === null)
    throw new Problem(
      `No sandbox runs on ${settings.data}. Start one with \`npm start -- --empty\`, and ask again.`,
    );
  const secrets = loadSecrets(settings.data);
  const webUrl = urlFor(ownerUrl(settings, secrets), webRole, secrets.databaseWeb);
  return webVariables(settings, secrets, { webUrl, workerUrl: webUrl });
}

function open(settings: Settings): Context {
  try {
    const environment = readWebEnvironment(variablesFor(settings));
    const own: ContextSettings = settingsFrom(environment);
    return { db: databaseFor(environment.databaseUrl), clock: systemClock, settings: own };
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

function valueOf<T>(answer: Result<T>): T {
  if (answer.ok) return answer.value;
  throw new Problem(answer.refusal.sentence);
}

async function perform(command: Command, context: Context): Promise<string> {
  switch (command.do) {
    case 'invite':
      return seatsText(valueOf(await inviteFounders(command.founders, context)));
    case 'remove': {
      const { displayName } = valueOf(await removeFounder(command.name, context));
      return `${displayName} is no founder any more: link, keys and session are dead.`;
    }
    case 'list':
      return foundersText(valueOf(await viewFounders(context)));
    case 'renew': {
      const founders = valueOf(await viewFounders(context));
      const waiting = founders.filter(({ status }) => status === 'invited');
      if (waiting.length === 0) return foundersText(founders);
      const forms = waiting.map(({ displayName, roles, group }) => ({ displayName, roles, group }));
      return seatsText(valueOf(await inviteFounders(forms, context)));
    }
  }
}

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  if (asksForHelp(words)) {
    console.log(USAGE);
    return;
  }
  const command = readCommand(words);
  const context = open(readSettings(process.env, { isDev: false }));
  try {
    console.log(await perform(command, context));
  } catch (error) {
    throw connectionProblem(error) ?? error;
  } finally {
    await context.db.$disconnect();
  }
}

try {
  await main();
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
