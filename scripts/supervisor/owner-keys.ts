/** The way to the data-key service as whoever runs the installation has it. */
import { dataKeysAt, type OwnerKeys } from '#lib/platform/data-keys/client.ts';
import { keysAddress } from './keys.ts';
import { runningSupervisor } from './lock.ts';
import { Problem } from './problem.ts';
import { loadSecrets } from './secrets.ts';
import type { Settings } from './settings.ts';

/**
 * Of the environment where it names one, or of the running sandbox.
 * @throws Problem where there is none.
 */
export function ownerKeys({ mode, data }: Settings): OwnerKeys {
  const { COUNTERSIGN_KEYS: address, COUNTERSIGN_KEYS_TOKEN_OWNER: token } = process.env;
  if (address && token) return dataKeysAt(address, token);
  if (mode === 'production')
    throw new Problem(
      'Set COUNTERSIGN_KEYS and COUNTERSIGN_KEYS_TOKEN_OWNER, which say where the data-key service is and who asks.',
    );
  if (runningSupervisor(data) === null)
    throw new Problem(`No sandbox runs on ${data}. Start one with \`npm start\`, and ask again.`);
  return sandboxKeys(data);
}

/** The same for a command that runs the sandbox's service itself while the rest of it is stopped. */
export function callingKeys(settings: Settings): OwnerKeys {
  return settings.mode === 'sandbox' && settings.databaseUrl === null
    ? sandboxKeys(settings.data)
    : ownerKeys(settings);
}

const sandboxKeys = (data: string): OwnerKeys =>
  dataKeysAt(keysAddress(data), loadSecrets(data).keysOwner);
