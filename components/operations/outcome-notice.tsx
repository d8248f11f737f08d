import { withReason } from '#lib/operations/reason-labels.ts';
import type { OperationView } from '#lib/operations/view-operation.ts';
import { TripLink } from '../cold/trip-link.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Notice, type NoticeTone } from '../ui/notice.tsx';

type Outcome = { tone: NoticeTone; title: string; sentence: string };

/** What it waits for, or what comes next; and what can still stop it. */
function underWay(view: OperationView, title: string, otherwise: string): Outcome {
  const { wait, stops } = view;
  const words = wait?.sentence ?? otherwise;
  return {
    tone: wait?.needsSomebody ? 'caution' : 'info',
    title,
    sentence: stops === null ? words : `${words} ${stops}`,
  };
}

/** Kinds that end with a transaction on a chain. */
const isSent = (kind: OperationView['kind']): boolean =>
  kind === 'withdrawal' || kind === 'vault-transfer';

/** What comes next where every statement is there and nothing has begun. */
function beforeBegin({ coldTrip, kind, noun, waitsFor }: OperationView): string {
  // A withdrawal is prepared first; what is made together waits for its documents at once.
  if (coldTrip && !isSent(kind)) return `${waitsFor}.`;
  return `The parties now check the ${noun} for themselves.`;
}

function doneSentence(kind: OperationView['kind']): string {
  if (kind === 'proof-of-control')
    return 'The parties signed the text, and the signature verifies under the vault’s address. It is in the public file of its snapshot, on the page Proofs.';
  return kind.startsWith('key-')
    ? 'Every party that it names confirmed its part.'
    : 'Every party that is meant to be on took it over, by its own signed answer.';
}

function outcomeOf(view: OperationView): Outcome | null {
  const { state, stop } = view;
  const why = stop?.sentence ?? '';
  const by = stop?.party ? ` by party ${stop.party}` : '';
  const last = view.statements.at(-1);
  const stops = view.stops === null ? '' : ` ${view.stops}`;
  const nothingMoved = view.hold
    ? 'Nothing was moved, and what it held is free again.'
    : 'Nothing was moved.';
  switch (state) {
    case 'raised':
    case 'approved':
      return null;
    case 'cosigned':
      return underWay(view, 'Every statement is there.', beforeBegin(view));
    case 'waiting':
      return {
        tone: 'caution',
        title: 'Every statement is there, and it waits.',
        sentence: `${view.waitsFor}.${stops}`,
      };
    case 'signing':
    case 'signed':
    case 'broadcast':
      return underWay(view, 'Under way.', `${view.waitsFor}.`);
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
        sentence: doneSentence(view.kind),
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

/** People carry its documents now, or have to make a new request. */
const leadsToTrip = ({ coldTrip }: OperationView): boolean =>
  coldTrip !== null && !['before', 'done', 'over'].includes(coldTrip.stage);

/** How an operation stands when it no longer waits for people, in words. */
export function OutcomeNotice({ view }: { view: OperationView }) {
  const outcome = outcomeOf(view);
  if (!outcome) return null;
  const inWay = view.wait?.inWay ?? [];
  return (
    <Notice
      tone={outcome.tone}
      title={outcome.title}
      announce="polite"
      action={
        (inWay.length > 0 || leadsToTrip(view)) && (
          <>
            {inWay.map(({ id, number }) => (
              <TextLink key={id} href={`/operations/${id}`}>
                Look at {number}
              </TextLink>
            ))}
            {leadsToTrip(view) && (
              <TripLink operation={view.id} look="accent">
                The documents of its trip
              </TripLink>
            )}
          </>
        )
      }
    >
      {outcome.sentence}
    </Notice>
  );
}
