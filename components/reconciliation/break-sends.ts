import {
  declineClosingAction,
  prepareClosingAction,
  submitClosingAction,
} from '#lib/reconciliation/actions.ts';
import { pressKey } from '../operations/press-key.ts';
import type { Sent } from './break-work.tsx';

type Target = { id: string; revision: number };

/** The server prepares the statement, the key signs it, the server takes it. */
async function signed(input: object): Promise<Awaited<Sent>> {
  const prepared = await prepareClosingAction(input);
  if (!prepared.ok) return prepared;
  const press = await pressKey(prepared.value.options);
  if (!press.ok) return { ok: false, refusal: { code: 'key', sentence: press.sentence } };
  return submitClosingAction({ nonce: prepared.value.nonce, assertion: press.assertion });
}

/** @param journal number as typed; null to explain the difference. */
export const proposeWith = (target: Target, text: string, journal: string | null): Sent =>
  signed({ decision: 'propose', ...target, text, journal });

export const acceptWith = (target: Target): Sent => signed({ decision: 'accept', ...target });

export const declineWith = (target: Target, text: string): Sent =>
  declineClosingAction({ ...target, text });
