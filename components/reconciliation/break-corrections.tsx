import type { BreakView } from '#lib/reconciliation/view-break.ts';
import { CorrectionStandingMark } from '../ledger/corrections/correction-standing.tsx';
import { correctionPath, newCorrectionPath } from '../ledger/corrections/correction-words.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { TextLink } from '../ui/text-link.tsx';

/** The corrections of the books that answer a break, and the way to raise one. */
export function BreakCorrections({ record }: { record: BreakView }) {
  const { id, state, can, corrections } = record;
  const waits = corrections.some(({ standing }) => standing === 'waiting');
  const offers = state === 'open' && can.correct && !waits;
  if (corrections.length === 0 && !offers) return null;
  return (
    <section className="space-y-3">
      <SectionHeading>In the ledger</SectionHeading>
      {corrections.length > 0 && (
        <Panel label="Corrections that answer it">
          {corrections.map(({ id: correction, number, standing, raisedBy }) => (
            <PanelRow
              key={correction}
              title={<TextLink href={correctionPath(correction)}>{number}</TextLink>}
              aside={<CorrectionStandingMark standing={standing} />}
            >
              raised by <bdi>{raisedBy}</bdi>
            </PanelRow>
          ))}
        </Panel>
      )}
      {offers && (
        <>
          <LinkButton href={newCorrectionPath({ break: id })}>Correct the ledger</LinkButton>
          <p className="text-sm text-text-quiet">
            Starts from the difference. The break closes when a second person approves it.
          </p>
        </>
      )}
    </section>
  );
}
