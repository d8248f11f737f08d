/** A data-key service for a run of tests or benches, in the process that runs them, so that it ends with it. */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Desk } from '../service/answer.ts';
import { Brake, type BrakeLimits } from '../service/brake.ts';
import { callerHash, openKeysDoor } from '../service/door.ts';
import { callers, SHREDS_AN_HOUR_MAX, type Caller } from '../service/messages.ts';
import { KeyStore } from '../store/key-store.ts';

/** All tests and benches of a run make theirs here. */
const MAKES_MAX = 10_000_000;

export type KeysService = {
  address: string;
  /** Another door to the same keys, at which none is made or destroyed, as past the limits of an hour. */
  heldBack: string;
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
  const openDoor = (socket: string, limits: BrakeLimits) =>
    openKeysDoor(new Desk(store, new Brake(() => new Date(), limits), () => undefined), {
      socket,
      hashes: {
        web: callerHash(tokens.web),
        worker: callerHash(tokens.worker),
        owner: callerHash(tokens.owner),
      },
    });
  const [socket, heldBack] = [join(folder, 'keys.sock'), join(folder, 'none.sock')];
  const doors = [
    await openDoor(socket, { make: MAKES_MAX, shred: SHREDS_AN_HOUR_MAX }),
    await openDoor(heldBack, { make: 0, shred: 0 }),
  ];
  return {
    address: `unix:${socket}`,
    heldBack: `unix:${heldBack}`,
    tokens,
    stop: async () => {
      for (const door of doors) await door.close();
    },
  };
}
