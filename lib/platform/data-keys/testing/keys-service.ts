/** A data-key service for a run of tests or benches, in the process that runs them, so that it ends with it. */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Desk } from '../service/answer.ts';
import { Brake } from '../service/brake.ts';
import { callerHash, openKeysDoor } from '../service/door.ts';
import { callers, SHREDS_AN_HOUR_MAX, type Caller } from '../service/messages.ts';
import { KeyStore } from '../store/key-store.ts';

/** All tests and benches of a run make theirs here. */
const MAKES_MAX = 10_000_000;

export type KeysService = {
  address: string;
  tokens: Readonly<Record<Caller, string>>;
  stop(): Promise<void>;
};

/** @param folder short enough for the path of a socket in it. @param syncs whether it has to outlive a power cut. */
export async function startKeysService(
  folder: string,
  { syncs = false }: { syncs?: boolean } = {},
): Promise<KeysService> {
  await mkdir(folder, { recursive: true, mode: 0o711 });
  const store = await KeyStore.open({
    folders: { keys: join(folder, 'keys'), root: join(folder, 'root') },
    copies: [],
    backups: null,
    syncs,
    now: () => new Date(),
  });
  const tokens = Object.fromEntries(
    callers.map((caller) => [caller, randomBytes(36).toString('base64url')]),
  ) as Record<Caller, string>;
  const socket = join(folder, 'keys.sock');
  const brake = new Brake(() => new Date(), { make: MAKES_MAX, shred: SHREDS_AN_HOUR_MAX });
  const door = await openKeysDoor(new Desk(store, brake, () => undefined), {
    socket,
    hashes: {
      web: callerHash(tokens.web),
      worker: callerHash(tokens.worker),
      owner: callerHash(tokens.owner),
    },
  });
  return {
    address: `unix:${socket}`,
    tokens,
    stop: () => door.close(),
  };
}
