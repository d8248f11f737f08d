import { endWaitingAction } from '#lib/privacy/request-actions.ts';
import type { RequestView } from '#lib/privacy/requests/view-request.ts';
import { ActDialog } from '../../clients/act-dialog.tsx';
import { TextAreaField } from '../../ui/field.tsx';
import { Day } from '../../ui/time.tsx';

/** The day until which an answer is waited for after a reminder; null where nobody waits, or who looks can't end it. */
export const waitedUntil = ({ standing, you }: Pick<RequestView, 'standing' | 'you'>) =>
  you.work
    ? (standing.questions.findLast((one) => one.answeredAt === null)?.answerBy ?? null)
    : null;

/** The way on where the person never answers; two people then decide on the request as it stands. */
export function EndWaiting({
  about,
  until,
}: {
  about: Readonly<Record<string, string>>;
  until: string;
}) {
  return (
    <ActDialog
      act={endWaitingAction}
      label="No answer came"
      title="No answer came"
      done="Wait no longer"
      fixed={about}
      size="small"
    >
      <p>
        The person was reminded and has until <Day date={until} />. After that day the request goes
        on: it is reviewed and decided by two people, who can refuse it because identity, authority
        or what is meant was not shown.
      </p>
      <TextAreaField
        label="Reasons"
        name="reasons"
        hint="How the person was asked and reminded, and that nothing came by any way."
        rows={4}
        maxLength={8000}
      />
    </ActDialog>
  );
}
