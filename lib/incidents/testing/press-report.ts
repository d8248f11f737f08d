import type { Result } from '#lib/platform/result.ts';
import { prepareReportStep } from '../reports/prepare-step.ts';
import { submitReportStep } from '../reports/submit-step.ts';
import type { DeskPerson, IncidentDesk } from './incident-desk.ts';

/** From the button to the record, with the person's key pressed in between. */
export async function pressReport(
  { context }: IncidentDesk,
  { actor, key }: DeskPerson,
  input: {
    id: string;
    seen: number;
    step: 'raised' | 'released' | 'reviewed';
    overrideReason?: string;
  },
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Result<{ seq: number }>> {
  const prepared = await prepareReportStep(actor, { ...input, seen: String(input.seen) }, context);
  if (!prepared.ok) return prepared;
  await between();
  const { nonce, options } = prepared.value;
  const assertion = key.assert({ challenge: options.challenge, origin: context.settings.origin });
  return submitReportStep(actor, { nonce, assertion }, context);
}
