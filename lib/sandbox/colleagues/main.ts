/**
 * The colleagues as a process: admits people who enrolled through the printed links, and takes
 * steps when asked over its Unix socket. Sandbox only.
 */
import { databaseFor } from '#lib/platform/db/client.ts';
import { listen } from '#lib/platform/db/notify.ts';
import { systemClock } from '#lib/platform/clock.ts';
import { log } from '#lib/platform/log.ts';
import { webEnvironment } from '#lib/platform/env.ts';
import { settingsFrom } from '#lib/platform/web-context.ts';
import { openDoor } from './door.ts';
import { Team } from './team.ts';

const environment = webEnvironment();
if (environment.mode !== 'sandbox' || environment.colleagues === null)
  throw new Error(
    'Sample colleagues exist in the sandbox only, at the address in COUNTERSIGN_COLLEAGUES.',
  );
const [keyRing] = process.argv.slice(2);
if (keyRing === undefined) throw new Error('Give the path of the key ring.');
const socket = environment.colleagues.slice('unix:'.length);
const context = {
  db: databaseFor(environment.databaseUrl),
  clock: systemClock,
  settings: settingsFrom(environment),
};
const origins = new Map(environment.parties.map(({ name, origin }) => [name, origin]));
const team = await Team.load(keyRing, context, origins);

let admitting = Promise.resolve();

/** One admission at a time: each builds on the roster version the one before made. */
function admitWaiting(): void {
  admitting = admitting
    .then(async () => {
      const settled = {
        kind: 'roster-change',
        state: { in: ['raised', 'approved', 'cosigned', 'waiting', 'signing', 'held'] },
      };
      if ((await context.db.operation.count({ where: settled })) > 0) return;
      if ((await context.db.rosterVersion.count()) === 0) return;
      const waiting = await context.db.operator.findFirst({
        where: { status: 'pending' },
        orderBy: { createdAt: 'asc' },
      });
      if (!waiting) return;
      const admitted = await team.admit(waiting.id);
      if (!admitted.ok)
        log.warn({ operator: waiting.id, refusal: admitted.refusal }, 'admission refused');
    })
    .catch((error: unknown) => log.error({ err: error }, 'admission failed'));
}

const server = await openDoor(team, socket);
log.info('sample colleagues are at work');
const subscription = await listen(environment.databaseUrl, ({ topic }) => {
  if (topic === 'operators' || topic === 'operations') admitWaiting();
});
admitWaiting();

const stop = async () => {
  server.close();
  await subscription.close();
  await context.db.$disconnect();
};
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
