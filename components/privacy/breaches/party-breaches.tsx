import type { PartyBreach } from '#lib/privacy/breaches/list-breaches-of.ts';
import { Code } from '../../ui/grouped.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Time } from '../../ui/time.tsx';
import { BreachStateMark, RiskMark } from './breach-marks.tsx';
import { breachPath } from './breaches-address.ts';

/** Breaches of which this third party told us; nothing where there are none. */
export function PartyBreaches({ breaches }: { breaches: readonly PartyBreach[] }) {
  if (breaches.length === 0) return null;
  return (
    <section className="mt-10">
      <SectionHeading>Breaches of personal data that it told us of</SectionHeading>
      <Panel label="Breaches of personal data that it told us of">
        {breaches.map(({ number, state, risk, noticedAt }) => (
          <PanelRow
            key={number}
            title={
              <TextLink href={breachPath(number)}>
                <Code>{number}</Code>
              </TextLink>
            }
            aside={
              <span className="flex flex-wrap gap-x-4">
                <BreachStateMark state={state} />
                <RiskMark risk={risk} />
              </span>
            }
          >
            Noticed <Time instant={noticedAt} style="day" />.
          </PanelRow>
        ))}
      </Panel>
    </section>
  );
}
