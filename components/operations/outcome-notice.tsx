import { withReason } from '#lib/operations/reason-labels.ts';
import type { OperationView } from '#lib/operations/view-operation.ts';
import { Notice, type NoticeTone } from '../ui/notice.tsx';

type Outcome = { tone: NoticeTone; title: string; sentence: string };

function outcomeOf(view: OperationView): Outcome | null {
  const { state, stop, noun } = view;
  const why = stop?.sentence ?? '';
  const by = stop?.party ? ` by party ${stop.party}` : '';
  const last = view.statements.at(-1);
  const nothingMoved = view.hold
    ? 'Nothing was moved, and what it held is free again.'
    : 'Nothing was moved.';
  switch (state) {
    case 'raised':
    case 'approved':
      return null;
    case 'cosigned':
      return {
        tone: view.notBegun === null ? 'info' : 'caution',
        title: 'Every statement is there.',
        sentence:
          view.notBegun === null
            ? `The parties now check the ${noun} for themselves.`
            : `${view.notBegun}. Until it has begun it can be stopped here.`,
      };
    case 'waiting':
      return {
        tone: 'caution',
        title: 'Every statement is there, and it waits.',
        sentence: `${view.waitsFor}. Until then anyone entitled can reject it.`,
      };
    case 'signing':
    case 'signed':
    case 'broadcast':
      return {
        tone: 'info',
        title: 'Under way.',
        sentence: `${view.waitsFor}. Nobody can stop it here any more.`,
      };
    case 'confirmed':
      return {
        tone: 'good',
        title: 'Final on the chain.',
        sentence: 'The transfer is final and posted in the ledger.',
      };
    case 'done':
      return {
        tone: 'good',
        title: 'Done.',
        sentence: 'The parties checked every statement and carried it out.',
      };
    case 'held':
      return { tone: 'danger', title: `Held${by}.`, sentence: why };
    case 'failed':
      return { tone: 'danger', title: `Failed${by}.`, sentence: why };
    case 'rejected':
      return {
        tone: 'info',
        title: `${withReason(`Rejected by ${last?.person ?? 'an officer'}`, last?.reason ?? null)}.`,
        sentence: nothingMoved,
      };
    case 'cancelled':
      return {
        tone: 'info',
        title: `${withReason(`Cancelled by ${last?.person ?? 'its raiser'}`, last?.reason ?? null)}.`,
        sentence: nothingMoved,
      };
    case 'expired':
      return { tone: 'info', title: 'Expired.', sentence: why };
  }
}

/** How an operation stands when it no longer waits for people, in words. */
export function OutcomeNotice({ view }: { view: OperationView }) {
  const outcome = outcomeOf(view);
  if (!outcome) return null;
  return (
    <Notice tone={outcome.tone} title={outcome.title} announce="polite">
      {outcome.sentence}
    </Notice>
  );
}
