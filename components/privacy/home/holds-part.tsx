import { grounds } from '#lib/privacy/retention/holds/life.ts';
import type { HoldLine } from '#lib/privacy/retention/holds/list-holds.ts';
import { Code } from '../../ui/grouped.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Day } from '../../ui/time.tsx';
import { holdPath, holdsPath } from '../retention/retention-address.ts';

/** Legal holds whose review is over: what is held for a reason that nobody looked at keeps data too long. */
export function HoldsPart({ overdue }: { overdue: readonly HoldLine[] }) {
  return (
    <section aria-label="Legal holds to review">
      <SectionHeading
        action={
          <TextLink href={holdsPath} className="text-sm">
            All holds
          </TextLink>
        }
      >
        Legal holds to review
      </SectionHeading>
      <Panel>
        {overdue.length === 0 && <PanelRow>None is overdue for its review.</PanelRow>}
        {overdue.map(({ id, number, ground, reviewOn }) => (
          <PanelRow
            key={id}
            title={
              <TextLink look="plain" href={holdPath(number)}>
                <Code>{number}</Code>
              </TextLink>
            }
            aside={
              <StatusMark shape="triangle" tone="caution">
                Review was due
              </StatusMark>
            }
          >
            {grounds[ground].name}, to be reviewed by <Day date={reviewOn} />
          </PanelRow>
        ))}
      </Panel>
    </section>
  );
}
