import { prepareReportStepAction, submitReportStepAction } from '#lib/incidents/report-actions.ts';
import type { Act } from '../../clients/act-dialog.tsx';
import { pressKey } from '../../operations/press-key.ts';

/** The server prepares the statement, the key signs it, the server takes it. */
export const stepWithKey: Act = async (input) => {
  const prepared = await prepareReportStepAction(input);
  if (!prepared.ok) return prepared;
  const press = await pressKey(prepared.value.options);
  if (!press.ok) return { ok: false, refusal: { code: 'key', sentence: press.sentence } };
  return submitReportStepAction({ nonce: prepared.value.nonce, assertion: press.assertion });
};
