import {
  prepareRequestDecisionAction,
  submitRequestDecisionAction,
} from '#lib/privacy/request-actions.ts';
import { pressKey } from '../../operations/press-key.ts';

type Answer = { ok: true } | { ok: false; refusal: { code: string; sentence: string } };

/** The server prepares the statement, the key signs it, the server takes it. */
export async function decideWithKey(input: object): Promise<Answer> {
  const prepared = await prepareRequestDecisionAction(input);
  if (!prepared.ok) return prepared;
  const press = await pressKey(prepared.value.options);
  if (!press.ok) return { ok: false, refusal: { code: 'key', sentence: press.sentence } };
  return submitRequestDecisionAction({
    nonce: prepared.value.nonce,
    assertion: press.assertion,
  });
}
