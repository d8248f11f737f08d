import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { keyProblem } from '../ui/key-problem.ts';

type RequestOptions = Parameters<typeof startAuthentication>[0]['optionsJSON'];
type CreationOptions = Parameters<typeof startRegistration>[0]['optionsJSON'];

/** What a key answered, or the sentence that says why it did not. */
export type KeyAnswer<T> = { ok: true; answer: T } | { ok: false; sentence: string };

/** Has a key sign what `options` ask for. */
export async function pressKey(
  options: RequestOptions,
): Promise<KeyAnswer<Awaited<ReturnType<typeof startAuthentication>>>> {
  try {
    return { ok: true, answer: await startAuthentication({ optionsJSON: options }) };
  } catch (error) {
    return { ok: false, sentence: keyProblem(error) };
  }
}

/** Has a key make a new passkey. */
export async function makeKey(
  options: CreationOptions,
): Promise<KeyAnswer<Awaited<ReturnType<typeof startRegistration>>>> {
  try {
    return { ok: true, answer: await startRegistration({ optionsJSON: options }) };
  } catch (error) {
    return { ok: false, sentence: keyProblem(error, 'register') };
  }
}
