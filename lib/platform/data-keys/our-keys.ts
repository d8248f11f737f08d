/** This process's way to the data-key service, by its environment; made when it is first needed. */
import { keysEnvironment, type KeysEnvironment } from '../env.ts';
import { dataKeysAt } from './client.ts';
import { DataKeysError, type DataKeys } from './data-keys.ts';

let known: (KeysEnvironment & { keys: DataKeys }) | null = null;
let given: KeysEnvironment | null = null;

/** For a command beside the console: the way of the console that it found. */
export function setKeysOf(environment: KeysEnvironment): void {
  given = environment;
}

const nobody = (): Promise<never> =>
  Promise.reject(
    new DataKeysError(
      'unavailable',
      'This process was started without an address of the data-key service.',
    ),
  );
const none: DataKeys = {
  make: nobody,
  seal: nobody,
  open: nobody,
  fingerprint: nobody,
  missing: nobody,
  neverMade: nobody,
  list: nobody,
  generation: nobody,
  shred: nobody,
};

/** The keys of this process. Without an address and a secret every call fails: nothing is ever kept in clear instead. */
export function dataKeys(): DataKeys {
  const environment = given ?? keysEnvironment();
  if (!environment) return none;
  const { address, token } = environment;
  if (known?.address !== address || known.token !== token)
    known = { address, token, keys: dataKeysAt(address, token) };
  return known.keys;
}
