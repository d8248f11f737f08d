import type { RestrictionView, StopView } from '#lib/privacy/restriction/view-restrictions.ts';
import { tellOfLiftAction } from '#lib/privacy/rights-actions.ts';
import { ActDialog } from '../clients/act-dialog.tsx';
import { TextAreaField } from '../ui/field.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { Lift, ProposeLift } from './lift-buttons.tsx';
import { NowField } from './requests/now-field.tsx';
import { requestPath } from './requests/requests-address.ts';

/** Restrictions, each with its ground, what goes on, and the next step to lift it. */
export function RestrictionRows({
  restrictions,
  serverNow,
}: {
  restrictions: readonly RestrictionView[];
  serverNow: string;
}) {
  return (
    <Panel label="Restrictions, newest first">
      {restrictions.map((one) => (
        <PanelRow
          key={one.id}
          title={one.fields.length === 0 ? 'All that is held' : one.fields.join(', ')}
          aside={<State one={one} />}
        >
          <p>
            {one.ground} (Art {one.article}). Set by <bdi>{one.setBy}</bdi>{' '}
            <Time instant={one.since} style="minute" /> for{' '}
            <TextLink href={requestPath(one.request)}>{one.request}</TextLink>.
          </p>
          {one.toldAt !== null && (
            <p>
              The person was told of the lifting <Time instant={one.toldAt} style="minute" />.
              {one.proposedBy !== null && (
                <>
                  {' '}
                  <bdi>{one.proposedBy}</bdi> proposed to lift it.
                </>
              )}
            </p>
          )}
          {(one.liftedAt === null || one.isUnproved) && <Uses one={one} />}
          <div className="mt-3 screen-only empty:hidden">
            <NextStep one={one} serverNow={serverNow} />
          </div>
        </PanelRow>
      ))}
    </Panel>
  );
}

function State({ one: { state, liftedAt, isUnproved } }: { one: RestrictionView }) {
  if (isUnproved) return 'Lifting, not proved yet; it stands until the keys are';
  if (liftedAt !== null)
    return (
      <>
        Lifted <Time instant={liftedAt} style="minute" />
      </>
    );
  return state === 'lift-proposed' ? 'Stands; waits for a second person' : 'Stands';
}

function NextStep({ one, serverNow }: { one: RestrictionView; serverNow: string }) {
  const about = { restriction: one.id, seen: String(one.seq) };
  if (one.can.tell)
    return (
      <ActDialog
        act={tellOfLiftAction}
        label="The person was told of the lifting"
        title="Told before it is lifted"
        size="small"
        fixed={about}
      >
        <p>Whoever obtained a restriction is told before it is lifted (Art 18(3)).</p>
        <NowField label="Told at" name="toldAt" serverNow={serverNow} />
        <TextAreaField
          label="Proof"
          name="proof"
          rows={3}
          maxLength={8000}
          hint="Number of the letter, receipt of the portal. It is sealed with the request."
        />
      </ActDialog>
    );
  if (one.can.propose) return <ProposeLift about={about} />;
  if (one.can.lift) return <Lift about={about} />;
  return null;
}

function Uses({ one: { goesOn, waits } }: { one: RestrictionView }) {
  return (
    <details className="mt-2">
      <summary className="min-h-6 rounded-sm font-medium text-accent">
        What goes on, and what waits
      </summary>
      <dl className="mt-2 space-y-2">
        {goesOn.map(({ label, ground, why }) => (
          <div key={label}>
            <dt className="text-text">{label}</dt>
            <dd>
              Goes on: {ground.toLowerCase()}. {why}
            </dd>
          </div>
        ))}
        {waits.map(({ label, why }) => (
          <div key={label}>
            <dt className="text-text">{label}</dt>
            <dd>Waits. {why}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** What is done no more since somebody said so. */
export function StopRows({ stops }: { stops: readonly StopView[] }) {
  return (
    <Panel label="What was stopped, newest first">
      {stops.map(({ what, why, at, by }) => (
        <PanelRow key={`${what} ${at}`} title={what} aside={<Time instant={at} style="minute" />}>
          {why}. Recorded by <bdi>{by}</bdi>.
        </PanelRow>
      ))}
    </Panel>
  );
}
