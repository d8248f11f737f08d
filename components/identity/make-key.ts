import { startRegistration } from '@simplewebauthn/browser';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser';
import { keyProblem } from '../ui/key-problem.ts';

export type NewKey =
  | { ok: true; registration: RegistrationResponseJSON }
  | { ok: false; sentence: string };

/** Has a key make a new passkey. Never throws: what went wrong comes back as a sentence. */
export async function makeKey(options: PublicKeyCredentialCreationOptionsJSON): Promise<NewKey> {
  try {
    return { ok: true, registration: await startRegistration({ optionsJSON: options }) };
  } catch (error) {
    return { ok: false, sentence: keyProblem(error, 'register') };
  }
}
