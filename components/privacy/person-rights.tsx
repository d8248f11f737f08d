import type {
  CorrectionLine,
  CorrectionsView,
} from '#lib/privacy/rectification/view-corrections.ts';
import type { RestrictionsView } from '#lib/privacy/restriction/view-restrictions.ts';
import { proposeCorrectionAction } from '#lib/privacy/rights-actions.ts';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { CorrectForm } from './correct-form.tsx';
import { DecideCorrection, WithdrawCorrection } from './decide-correction.tsx';
import { PlannedChanges } from './planned-changes.tsx';
import { requestPath } from './requests/requests-address.ts';
import { RecordConsent } from './record-consent.tsx';
import { RestrictionRows, StopRows } from './restriction-rows.tsx';
import { StopMarketing } from './stop-marketing.tsx';

/** What of a person is restricted, was stopped and was corrected. */
export function PersonRights({
  person,
  restrictions: { restrictions, stops, canStop },
  corrections,
  asksConsent,
  serverNow,
}: {
  person: string;
  restrictions: RestrictionsView;
  corrections: CorrectionsView;
  /** A consent to be told about services is held. */
  asksConsent: boolean;
  serverNow: string;
}) {
  const { lines, fields, can, hasMore } = corrections;
  return (
    <>
      <section>
        <SectionHeading>Restricted and stopped</SectionHeading>
        <div className="space-y-3">
          {restrictions.length === 0 && stops.length === 0 && (
            <p className="text-text-quiet">Nothing is restricted, and nothing was stopped.</p>
          )}
          {restrictions.length > 0 && (
            <RestrictionRows restrictions={restrictions} serverNow={serverNow} />
          )}
          {stops.length > 0 && <StopRows stops={stops} />}
          {canStop && <RecordConsent person={person} />}
          {canStop && asksConsent && (
            <div className="flex flex-wrap gap-2 screen-only">
              <StopMarketing about={{ person }} why="withdrawn" />
              <StopMarketing about={{ person }} why="objected" />
            </div>
          )}
        </div>
      </section>
      <section>
        <SectionHeading
          action={
            can.propose && (
              <CorrectForm
                act={proposeCorrectionAction}
                label="Propose a correction"
                says="Another person looks at it before it holds. It waits sealed."
                fixed={{ person }}
                fields={fields}
                asksSource
              />
            )
          }
        >
          Corrections
        </SectionHeading>
        {lines.length === 0 ? (
          <p className="text-text-quiet">Nothing was corrected.</p>
        ) : (
          <Panel label="Corrections, newest first">
            {lines.map((line) => (
              <Correction key={line.id} line={line} />
            ))}
          </Panel>
        )}
        {hasMore && <p className="mt-2 text-sm text-text-quiet">The {lines.length} newest</p>}
      </section>
    </>
  );
}

const outcomeWords = { made: 'Made', rejected: 'Turned down', withdrawn: 'Taken back' } as const;

function Correction({ line }: { line: CorrectionLine }) {
  const { id, fields, request, proposedBy, proposedAt, outcome, decidedBy, decidedAt } = line;
  return (
    <PanelRow
      title={fields.join(', ')}
      aside={
        outcome === null || decidedAt === null ? (
          'Waits for a second person'
        ) : (
          <>
            {outcomeWords[outcome]} <Time instant={decidedAt} style="minute" />
          </>
        )
      }
    >
      <p>
        Proposed by <bdi>{proposedBy}</bdi> <Time instant={proposedAt} style="minute" />
        {request !== null && (
          <>
            {' '}
            for <TextLink href={requestPath(request)}>{request}</TextLink>
          </>
        )}
        {decidedBy !== null && (
          <>
            , decided by <bdi>{decidedBy}</bdi>
          </>
        )}
        .
      </p>
      {outcome === 'made' && line.earlier.map((sentence) => <p key={sentence}>{sentence}</p>)}
      {(line.can.decide || line.can.withdraw) && (
        <div className="mt-3 flex flex-wrap items-start gap-3 screen-only">
          <PlannedChanges of={{ correction: id }} />
          {line.can.decide && <DecideCorrection correction={id} />}
          {line.can.withdraw && <WithdrawCorrection correction={id} />}
        </div>
      )}
    </PanelRow>
  );
}
