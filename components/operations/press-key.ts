import { startAuthentication } from '@simplewebauthn/browser';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import { isDismissal, keyProblem } from '../ui/key-problem.ts';

export type KeyPress =
  | { ok: true; assertion: AuthenticationResponseJSON }
  /** `dismissed` when the request was closed or ran out, so that nothing is wrong. */
  | { ok: false; sentence: string; dismissed: boolean };

const noKeys =
  'You have no key that counts for statements yet. A key counts once a roster operation has admitted it.';
const tooLate =
  'The time to press the key ran out. Nothing was recorded. Start again when the key is at hand.';

/** Browsers name a time-out like a cancellation, so only the clock tells them apart. */
const timeoutMargin = 1_000;

/**
 * Asks for a press of one of the named keys. Never throws: what went wrong comes back as a sentence
 * that says what to do. The browser's own prompt names only the site, so the page beside it must
 * say what is being signed.
 */
export async function pressKey(options: PublicKeyCredentialRequestOptionsJSON): Promise<KeyPress> {
  if (options.allowCredentials?.length === 0)
    return { ok: false, sentence: noKeys, dismissed: false };
  const started = performance.now();
  try {
    return { ok: true, assertion: await startAuthentication({ optionsJSON: options }) };
  } catch (error) {
    const waited = performance.now() - started;
    const isLate = options.timeout !== undefined && waited > options.timeout - timeoutMargin;
    return {
      ok: false,
      sentence: isLate ? tooLate : keyProblem(error),
      dismissed: isLate || isDismissal(error),
    };
  }
}
