import type { Found } from '#lib/privacy/registers/found.ts';
import { answerDueOn } from '#lib/resilience/kinds/dpia-words.ts';
import type { DpiaFacts } from '#lib/resilience/kinds/dpia.ts';
import type { RecordView } from '#lib/resilience/records/view-record.ts';
import { editPath, listPath } from '../resilience/kind-address.ts';
import { RiskMatrix } from '../resilience/risk-matrix.tsx';
import { Notice } from '../ui/notice.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Day } from '../ui/time.tsx';
import { FindingMark } from './finding-mark.tsx';

/** What data protection finds missing or wrong in a record, each with its article and the way to it. */
export function RecordFindings({ view, found }: { view: RecordView; found: readonly Found[] }) {
  return (
    <>
      {view.kind === 'dpia' && <Consultation facts={view.facts as DpiaFacts} />}
      {!view.retired && <FindingList view={view} found={found} />}
      {view.kind === 'dpia' && <RiskPlaces facts={view.facts as DpiaFacts} />}
    </>
  );
}

function FindingList({ view, found }: { view: RecordView; found: readonly Found[] }) {
  if (view.kind === 'party') return null;
  if (found.length === 0)
    return (
      <Notice tone="good" title="Nothing is missing.">
        What the law asks of this record is there.
      </Notice>
    );
  return (
    <section aria-label="What is missing or wrong">
      <SectionHeading>What is missing or wrong</SectionHeading>
      <Panel>
        {found.map(({ code, weight, article, sentence, field }) => (
          <PanelRow
            key={code + (field ?? '')}
            title={<FindingMark code={code} weight={weight} />}
            aside={
              field === null
                ? code === 'contract-without-transfer' && (
                    <TextLink href={listPath('transfer')}>Transfers</TextLink>
                  )
                : view.canWrite && <TextLink href={editPath(view.kind, view.id)}>Mend it</TextLink>
            }
          >
            {sentence} {article}.
          </PanelRow>
        ))}
      </Panel>
    </section>
  );
}

/** How long the authority has to answer (Art 36(2)). */
function Consultation({ facts }: { facts: DpiaFacts }) {
  const { consultedOn, consultationExtended, answeredOn } = facts;
  const due = answerDueOn({ askedOn: consultedOn, isExtended: consultationExtended });
  if (due === null || answeredOn !== null) return null;
  return (
    <p>
      <StatusMark shape="ring" tone="neutral">
        The authority was asked and answers by <Day date={due} />
        {consultationExtended ? ', six weeks more among them.' : '; it may take six weeks more.'}
      </StatusMark>
    </p>
  );
}

/** Where each risk stands without and with what is done about it, by its number in the list. */
function RiskPlaces({ facts: { risks } }: { facts: DpiaFacts }) {
  if (risks.length === 0) return null;
  const numbers = (at: (risk: DpiaFacts['risks'][number]) => boolean): string =>
    risks.flatMap((risk, index) => (at(risk) ? [index + 1] : [])).join(', ');
  return (
    <section aria-label="Likelihood and impact">
      <SectionHeading>Likelihood and impact</SectionHeading>
      <RiskMatrix
        label="The risks by likelihood and impact"
        cell={(likelihood, impact) => {
          const before = numbers((one) => one.likelihood === likelihood && one.impact === impact);
          const left = numbers(
            (one) => one.residualLikelihood === likelihood && one.residualImpact === impact,
          );
          return (
            <>
              {before !== '' && (
                <StatusMark shape="ring" tone="neutral">
                  <span className="sr-only">Without measures: </span>
                  {before}
                </StatusMark>
              )}
              {left !== '' && (
                <StatusMark shape="dot" tone="neutral">
                  <span className="sr-only">What is left: </span>
                  {left}
                </StatusMark>
              )}
            </>
          );
        }}
      />
      <p className="mt-2 text-sm text-text-quiet">
        Ring: with nothing done about it. Dot: what is left. Numbers are those of the risks below.
      </p>
    </section>
  );
}
