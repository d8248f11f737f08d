import {
  declineCorrectionAction,
  prepareCorrectionAction,
  submitCorrectionAction,
  withdrawCorrectionAction,
} from '#lib/reconciliation/corrections/correction-actions.ts';
import { pressKey } from '../../operations/press-key.ts';

type Refused = { ok: false; refusal: { code: string; sentence: string } };
export type CorrectionSent = { ok: true; value: { correction: string } } | Refused;

/** The server prepares the statement, the key signs it, the server takes it. */
async function signed(input: object): Promise<CorrectionSent> {
  const prepared = await prepareCorrectionAction(input);
  if (!prepared.ok) return prepared;
  const press = await pressKey(prepared.value.options);
  if (!press.ok) return { ok: false, refusal: { code: 'key', sentence: press.sentence } };
  return submitCorrectionAction({ nonce: prepared.value.nonce, assertion: press.assertion });
}

export type RaisedLine = { account: string; side: 'debit' | 'credit'; amount: string };

export const raiseWith = (correction: {
  lines: readonly RaisedLine[];
  corrects: string | null;
  break: string | null;
  reason: string;
}): Promise<CorrectionSent> => signed({ decision: 'raise', ...correction });

/** @param digest of what the page shows; nothing else is signed. */
export const approveWith = (id: string, digest: string): Promise<CorrectionSent> =>
  signed({ decision: 'approve', id, digest });

export const declineWith = (id: string, text: string): Promise<{ ok: true } | Refused> =>
  declineCorrectionAction({ id, text });

export const withdrawWith = (id: string): Promise<{ ok: true } | Refused> =>
  withdrawCorrectionAction({ id });
