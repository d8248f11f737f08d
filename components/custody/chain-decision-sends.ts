import { prepareChainDecisionAction, submitChainDecisionAction } from '#lib/operations/actions.ts';
import { pressKey } from '../operations/press-key.ts';

type Answer =
  | { ok: true; value: { state: 'asked' | 'signed' } }
  | { ok: false; refusal: { code: string; sentence: string } };

/** The server prepares the statement, the key signs it, the server takes it. @param seen what the page showed. */
export async function signOnChain(seen: {
  chain: string;
  kind: string;
  hold: string;
  foundAt: string | null;
  decision: string | null;
  isBeside: boolean;
  places: readonly string[];
}): Promise<Answer> {
  const prepared = await prepareChainDecisionAction(seen);
  if (!prepared.ok) return prepared;
  const press = await pressKey(prepared.value.options);
  if (!press.ok) return { ok: false, refusal: { code: 'key', sentence: press.sentence } };
  return submitChainDecisionAction({ nonce: prepared.value.nonce, assertion: press.assertion });
}
