import type { WaitingDecisions } from '#lib/privacy/home/list-decisions.ts';
import { categoryOf } from '#lib/privacy/retention/schedule.ts';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { Code } from '../../ui/grouped.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { holdPath, holdsPath, retentionPath, runPath } from '../retention/retention-address.ts';

/** Deletions and liftings that wait for somebody: until then data are kept beyond their time, or held for nothing. */
export function DecisionsPart({ waiting }: { waiting: WaitingDecisions }) {
  const { rules, lifts, liftCount } = waiting;
  return (
    <section aria-label="Decisions that wait">
      <LiveRefresh topics={['privacy-retention']} />
      <SectionHeading
        action={
          <TextLink href={retentionPath} className="text-sm">
            Retention
          </TextLink>
        }
      >
        Decisions that wait
      </SectionHeading>
      <Panel>
        {rules.length === 0 && lifts.length === 0 && (
          <PanelRow>No deletion and no lifting of a hold waits for anybody.</PanelRow>
        )}
        {rules.map(({ run, rule, due }) => (
          <PanelRow
            key={rule}
            title={
              <TextLink look="plain" href={runPath(run)}>
                <Code>{run}</Code> {categoryOf(rule).name}
              </TextLink>
            }
            aside={
              <StatusMark shape="ring" tone="caution">
                Waits for an approval
              </StatusMark>
            }
          >
            {due.toLocaleString('en-GB')} due. A custody officer or a manager approves the report
            with a key before the rule deletes.
          </PanelRow>
        ))}
        {lifts.map((number) => (
          <PanelRow
            key={number}
            title={
              <TextLink look="plain" href={holdPath(number)}>
                <Code>{number}</Code> Legal hold
              </TextLink>
            }
            aside={
              <StatusMark shape="ring" tone="caution">
                Waits for a second person
              </StatusMark>
            }
          >
            Its lifting is proposed. Another custody officer or manager lifts it, or sends it back.
          </PanelRow>
        ))}
        {liftCount > lifts.length && (
          <PanelRow>
            <TextLink href={holdsPath}>
              {(liftCount - lifts.length).toLocaleString('en-GB')} more among the legal holds
            </TextLink>
          </PanelRow>
        )}
      </Panel>
    </section>
  );
}
