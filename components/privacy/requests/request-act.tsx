import type { ComponentProps } from 'react';
import { fittingGrounds } from '#lib/privacy/requests/fitting-grounds.ts';
import { tellsRecipients } from '#lib/privacy/requests/fold.ts';
import type { EventKind } from '#lib/privacy/requests/life.ts';
import type { RequestView } from '#lib/privacy/requests/view-request.ts';
import { ActDialog } from '../../clients/act-dialog.tsx';
import { plainActs } from './act-fields.tsx';
import { keptApart, waitsForErasure } from './next-act.ts';
import { ProposeDialog, type Made } from './propose-dialog.tsx';
import { ReviewDialog } from './review-dialog.tsx';
import { TellRecipient } from './tell-recipient.tsx';

type Look = Pick<ComponentProps<typeof ActDialog>, 'tone' | 'size'>;

export const seenOf = ({ id, seq }: Pick<RequestView, 'id' | 'seq'>) => ({ id, seen: String(seq) });

/** The button of one act with its form; nothing for an act that has none. */
export function RequestAct({
  kind,
  view,
  made,
  ...look
}: {
  kind: EventKind;
  view: RequestView;
  /** What was made to be sent or done, for a decision. */
  made?: Made | undefined;
} & Look) {
  const plain = plainActs[kind];
  if (plain) {
    const { act, label, title, done, fields } = plain;
    return (
      <ActDialog {...{ act, label, title, done }} {...look} fixed={seenOf(view)}>
        {fields(view)}
      </ActDialog>
    );
  }
  const about = seenOf(view);
  switch (kind) {
    case 'reviewed':
      return (
        <ReviewDialog
          about={about}
          ties={view.ties}
          today={view.serverNow.slice(0, 10)}
          {...look}
        />
      );
    case 'recipient-told':
      return (
        <TellRecipient
          about={about}
          recipients={view.recipients.filter(({ code }) => !view.standing.recipients.has(code))}
          {...look}
        />
      );
    case 'proposed':
      return (
        <ProposeDialog
          about={about}
          number={view.number}
          right={view.standing.right}
          person={view.standing.person?.id ?? null}
          mustRefuse={mustRefuse(view)}
          grounds={fittingGrounds(view.standing)}
          made={made}
          purposes={view.purposes}
          earlier={view.alike.filter(({ by }) => by === 'person').map(({ number }) => number)}
          {...look}
        />
      );
    default:
      return null;
  }
}

/** In doubt, or for another without authority, a request is only refused. */
const mustRefuse = ({ standing }: RequestView): boolean =>
  standing.isDoubted || (standing.opening.forAnother && standing.authority === null);

/** What this person may do now, in the order in which it usually comes; what is next is left out. */
export function otherActs(view: RequestView, next: EventKind | null): EventKind[] {
  return shown.filter(
    (kind) => kind !== next && view.may.includes(kind) && isTheirs(view, kind) && fits(view, kind),
  );
}

const shown: readonly EventKind[] = [
  'identified',
  'authority-shown',
  'doubted',
  'asked',
  'answered',
  'extended',
  'transmission-asked',
  'recipient-added',
  'recipient-struck',
  'reviewed',
  'opinion-given',
  'proposed',
  'fulfilled',
  'recipient-told',
  'notified',
  'closed',
  'noted',
  'withdrawn',
  'marked-duplicate',
  'reopened',
];

function isTheirs(view: RequestView, kind: EventKind): boolean {
  if (kind === 'proposed') return view.you.decide && keptApart(view, kind) === null;
  if (kind === 'opinion-given') return view.you.work && view.you.isDpo;
  return view.you.work;
}

function fits({ standing, untold }: RequestView, kind: EventKind): boolean {
  const isTold = tellsRecipients(standing);
  switch (kind) {
    case 'authority-shown':
      return standing.opening.forAnother;
    case 'extended':
      return standing.extension === null;
    case 'recipient-added':
      return standing.person !== null;
    case 'recipient-struck':
      return standing.received.size > 0;
    case 'transmission-asked':
      return standing.right === 'portability';
    case 'fulfilled':
      return standing.outcome !== 'fulfilled' && !waitsForErasure(standing);
    case 'recipient-told':
    case 'notified':
      return isTold;
    case 'closed':
      return (
        untold === 0 && (!isTold || standing.state === 'notified' || standing.outcome === 'refused')
      );
    default:
      return true;
  }
}
