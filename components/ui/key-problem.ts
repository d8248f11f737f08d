/**
 * Why no answer came from a security key, in a sentence that says what to do. Browsers hide most
 * causes behind one error, so that a page can't learn which keys somebody has; the sentences name
 * the likely ones.
 */

/** `use` is a key that exists already (sign-in, statement); `register` makes a new one. */
export type KeyCeremony = 'use' | 'register';

const SENTENCES = {
  use: {
    NotAllowedError:
      'No key answered. Either the request was dismissed or it ran out, or this device has no key that is known here. Nothing was recorded. Try again.',
    AbortError: 'The request to the key was stopped. Nothing was recorded. Try again.',
    SecurityError:
      'This page is not at the address the keys were made for. Open the console at its own address.',
    InvalidStateError: 'This key does not know this console. Use another one.',
    NotSupportedError: 'This browser or key cannot do what is needed. Use another browser or key.',
    ConstraintError: 'The key cannot check that it is you. Set a PIN or fingerprint on it first.',
  },
  register: {
    NotAllowedError:
      'No key was made. Either the request was dismissed or it ran out. Nothing was recorded. Try again.',
    AbortError: 'The request to the key was stopped. Nothing was recorded. Try again.',
    SecurityError:
      'This page is not at the address that keys are made for. Open the link at the console’s own address.',
    InvalidStateError: 'This key is registered already. Use another one.',
    NotSupportedError:
      'The key offers none of the signature methods that count here (ES256, EdDSA). Use another one.',
    ConstraintError:
      'The key cannot check that it is you, or has no room for another passkey. Set a PIN on it, or use another one.',
  },
} as const satisfies Record<KeyCeremony, Record<string, string>>;

const nameOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'name' in error && typeof error.name === 'string'
    ? error.name
    : '';

/** The sentence for what `navigator.credentials` or its wrapper threw. */
export function keyProblem(error: unknown, ceremony: KeyCeremony = 'use'): string {
  const sentences = new Map<string, string>(Object.entries(SENTENCES[ceremony]));
  const cause =
    typeof error === 'object' && error !== null && 'cause' in error ? error.cause : null;
  const known = sentences.get(nameOf(error)) ?? sentences.get(nameOf(cause));
  if (known !== undefined) return known;
  return typeof PublicKeyCredential === 'undefined'
    ? 'This browser cannot use security keys or passkeys here. Use a current browser, over HTTPS or at localhost.'
    : 'The key could not be used. Take it out, put it in again and try once more.';
}

/** Whether somebody closed the request or let it run out, which is no fault of anything. */
export function isDismissal(error: unknown): boolean {
  const cause =
    typeof error === 'object' && error !== null && 'cause' in error ? error.cause : null;
  return [error, cause].some((one) => ['NotAllowedError', 'AbortError'].includes(nameOf(one)));
}

/** The sentence for a server that did not answer; a key press may have been for nothing, but harms nothing. */
export const noAnswer =
  'The console did not answer. Reload to see what was recorded; what a key signed counts only once.';
