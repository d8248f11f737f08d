/** What may be done about a breach now, each as a button with its form. */
import type { ReactNode } from 'react';
import {
  assessBreachAction,
  closeBreachAction,
  confirmBreachAction,
  containBreachAction,
  describeBreachAction,
  linkBreachAction,
  moveAwarenessAction,
  noteBreachAction,
  proposeDismissalAction,
  reopenBreachAction,
} from '#lib/privacy/breach-actions.ts';
import { minuteInUtc } from '#lib/platform/days.ts';
import type { BreachEventKind } from '#lib/privacy/breaches/life.ts';
import type { BreachView } from '#lib/privacy/breaches/view-breach.ts';
import { ActDialog, type Act } from '../../clients/act-dialog.tsx';
import { TextAreaField, TextField } from '../../ui/field.tsx';
import { NowField } from '../requests/now-field.tsx';
import { AssessFields } from './assess-fields.tsx';
import { DescribeFields } from './describe-fields.tsx';

export const aboutOf = ({ id, seq }: Pick<BreachView, 'id' | 'seq'>) => ({ id, seen: String(seq) });

const most = 8000;
export const Reasons = ({ hint, label = 'Reasons' }: { hint: string; label?: string }) => (
  <TextAreaField label={label} name="reasons" hint={hint} rows={4} maxLength={most} />
);

type Form = {
  act: Act;
  label: string;
  title: string;
  done: string;
  fields: (view: BreachView) => ReactNode;
};

const forms: Readonly<Partial<Record<BreachEventKind, Form>>> = {
  confirmed: {
    act: confirmBreachAction,
    label: 'Confirm it',
    title: 'Since when are we aware?',
    done: 'We are aware of it',
    fields: ({ serverNow, standing: { opening } }) => (
      <>
        <p>
          From a reasonable degree of certainty that personal data are concerned, the 72 hours run
          (Art 33(1)). They can’t be moved to a later time afterwards.
        </p>
        {opening.processor === null ? (
          <NowField label="Certain since" name="awareAt" serverNow={serverNow} />
        ) : (
          <TextField
            label="Certain since"
            name="awareAt"
            type="datetime-local"
            hint="UTC. When the processor told us, or earlier: from then on we are aware."
            defaultValue={opening.processor.toldAt.slice(0, 16)}
          />
        )}
        <Reasons hint="By what it is certain, and who found it." />
      </>
    ),
  },
  'dismissal-proposed': {
    act: proposeDismissalAction,
    label: 'It was no breach',
    title: 'No breach of personal data',
    done: 'Propose it',
    fields: () => (
      <>
        <p>A custody officer or a manager decides it with a key. Until then it stays suspected.</p>
        <Reasons hint="Why no personal data were concerned. It stays in the register." />
      </>
    ),
  },
  described: {
    act: describeBreachAction,
    label: 'Describe it',
    title: 'What is known now',
    done: 'Record it',
    fields: (view) => <DescribeFields view={view} />,
  },
  assessed: {
    act: assessBreachAction,
    label: 'Assess the risk',
    title: 'Risk to persons',
    done: 'Record the assessment',
    fields: ({ standing, clock }) => (
      <>
        {(standing.clearedAt !== null ||
          standing.proposal !== null ||
          standing.decision !== null) && (
          <p>
            What was decided on the earlier assessment falls
            {clock.state === 'none' && ', and the 72 hours run again from when we were aware'}.
          </p>
        )}
        <AssessFields before={standing.assessment?.factors ?? null} />
      </>
    ),
  },
  contained: {
    act: containBreachAction,
    label: 'It is contained',
    title: 'It goes on no more',
    done: 'Record it',
    fields: ({ serverNow }) => (
      <>
        <NowField label="Contained at" name="containedAt" serverNow={serverNow} />
        <TextAreaField
          label="By which measures"
          name="measures"
          hint="The register and the notification name them (Art 33(3)(d), 33(5))."
          rows={4}
          maxLength={most}
        />
      </>
    ),
  },
  'aware-moved': {
    act: moveAwarenessAction,
    label: 'We were aware earlier',
    title: 'Aware at an earlier time',
    done: 'Record it',
    fields: ({ standing }) => (
      <>
        <TextField
          label="Aware since"
          name="awareAt"
          type="datetime-local"
          hint="UTC. Only an earlier time is taken."
          defaultValue={standing.awareAt?.slice(0, 16)}
        />
        <TextField
          label="Noticed at, where that was earlier as well"
          name="noticedAt"
          type="datetime-local"
          hint={`UTC. On record: ${minuteInUtc(standing.noticedAt)}. Leave it empty where that stands.`}
        />
        <Reasons hint="What showed it, and why it comes up only now. It stays on record." />
      </>
    ),
  },
  noted: {
    act: noteBreachAction,
    label: 'Note',
    title: 'A note',
    done: 'Keep the note',
    fields: () => <TextAreaField label="Note" name="note" rows={4} maxLength={most} />,
  },
  closed: {
    act: closeBreachAction,
    label: 'Close it',
    title: 'Close it',
    done: 'Close it',
    fields: () => (
      <TextAreaField
        label="What was learned"
        name="note"
        hint="May be left out."
        rows={4}
        maxLength={most}
      />
    ),
  },
  reopened: {
    act: reopenBreachAction,
    label: 'Reopen it',
    title: 'Reopen it',
    done: 'Reopen it',
    fields: () => <Reasons hint="What came up." />,
  },
};

/** What comes next by the order of steps, for those who work on it. */
export function nextKind(view: BreachView): BreachEventKind | null {
  const { standing, may } = view;
  if (may.includes('confirmed')) return 'confirmed';
  if (standing.risk === null && may.includes('assessed')) return 'assessed';
  if (standing.containedAt === null && may.includes('contained')) return 'contained';
  if (may.includes('closed') && view.isAuthoritySettled && view.arePersonsSettled) return 'closed';
  return null;
}

const shown: readonly BreachEventKind[] = [
  'confirmed',
  'described',
  'assessed',
  'contained',
  'closed',
  'noted',
  'aware-moved',
  'dismissal-proposed',
  'reopened',
];

/** The buttons of everybody who works on it; what is next stands out. */
export function BreachActs({ view }: { view: BreachView }) {
  const { can, may, standing } = view;
  const next = nextKind(view);
  if (!can.work) return null;
  const kinds = shown.filter(
    (kind) =>
      may.includes(kind) &&
      (kind !== 'contained' || standing.containedAt === null) &&
      (kind !== 'closed' || next === 'closed'),
  );
  return kinds.map((kind) => {
    const form = forms[kind];
    if (!form) return null;
    const { act, label, title, done, fields } = form;
    return (
      <ActDialog
        key={kind}
        {...{ act, label, title, done }}
        fixed={aboutOf(view)}
        tone={kind === next ? 'primary' : 'secondary'}
      >
        {fields(view)}
      </ActDialog>
    );
  });
}

export const LinkIncident = ({ view }: { view: BreachView }) => (
  <ActDialog
    act={linkBreachAction}
    label="Link"
    size="small"
    title="Link it to an incident"
    done="Link it"
    fixed={{ id: view.id }}
  >
    <TextField
      label="Number of the incident"
      name="incident"
      look="mono"
      hint="As its page has it. The clock of the breach runs on that page, too."
      maxLength={40}
    />
  </ActDialog>
);
