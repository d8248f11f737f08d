/**
 * The data-key service as a process. Its settings are a JSON document, given as its argument, or the path of a file that
 * holds it; there is no secret in them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { log } from '../../log.ts';
import { KeyStoreFault } from '../store/key-store-fault.ts';
import { KeyStore } from '../store/key-store.ts';
import { makeFolder } from '../store/durable-files.ts';
import { Desk } from './answer.ts';
import { Brake } from './brake.ts';
import { openKeysDoor } from './door.ts';
import { lockFolder } from './lock.ts';
import { SHREDS_AN_HOUR_MAX } from './messages.ts';
import { serviceSettings } from './settings.ts';
import { UseLog } from './use-log.ts';

/** Copies that were away and backups that are due are looked at this often. */
const CHORES_EVERY_MS = 60_000;
const HOUR_MS = 3_600_000;
const now = (): Date => new Date();

const readSettings = (given: string): unknown =>
  JSON.parse(given.startsWith('{') ? given : readFileSync(given, 'utf8'));

async function start(): Promise<void> {
  const settings = serviceSettings.parse(readSettings(process.argv[2] ?? ''));
  const {
    folders,
    copies,
    backups,
    syncs,
    socket,
    callers,
    isOpenToOthers,
    useLog,
    rotateAfterDays,
    makesAnHour,
  } = settings;
  // The lock lies beside the root key, whose folder belongs to this service alone.
  await makeFolder(join(folders.root, '..'));
  const unlock = lockFolder(join(folders.root, '..'));
  const store = await KeyStore.open({ folders, copies, backups, syncs, now });
  const uses = new UseLog(useLog, now);
  const anHourAgo = new Date(now().getTime() - HOUR_MS);
  const limits = { make: makesAnHour, shred: SHREDS_AN_HOUR_MAX };
  const brake = new Brake(now, limits, uses.takenSince(anHourAgo));
  const desk = new Desk(store, brake, (use) => uses.note(use));
  const door = await openKeysDoor(desk, {
    socket,
    hashes: callers,
    mode: isOpenToOthers ? 0o666 : 0o600,
  });
  const said = new Map<string, string | null>();
  /** Says once what keeps a copy from being whole, and when it is. */
  const watchCopies = async (): Promise<void> => {
    for (const { place, fault } of (await store.health()).copies) {
      if ((said.get(place) ?? null) !== fault)
        log[fault === null ? 'info' : 'warn'](
          { place, fault },
          fault === null ? 'a copy of the keys is whole again' : 'a copy of the keys is behind',
        );
      said.set(place, fault);
    }
  };
  const doChores = async (): Promise<void> => {
    uses.flush();
    await store.bringCopiesUp();
    await watchCopies();
    await store.backUp();
    await store.rotateWhenDue(rotateAfterDays);
  };
  const chores = setInterval(() => {
    void doChores().catch((error: unknown) => {
      log.error({ err: error }, 'copies or backups of keys could not be written');
    });
  }, CHORES_EVERY_MS);
  await store.backUp();
  const { takenFrom } = await store.health();
  if (takenFrom !== null)
    log.warn({ place: takenFrom }, 'the keys were taken from a copy, which was the newest');
  await watchCopies();
  log.info('the data-key service is at work');
  const stop = (): void => {
    clearInterval(chores);
    uses.flush();
    void door.close().then(unlock);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

try {
  await start();
} catch (error) {
  log.fatal(
    { fault: error instanceof KeyStoreFault ? error.code : 'start' },
    error instanceof KeyStoreFault
      ? error.message
      : `The data-key service does not start: ${error instanceof Error ? error.name : 'unknown'}.`,
  );
  process.exitCode = 1;
}
