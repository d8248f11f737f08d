import type { BreachLine } from '#lib/privacy/breaches/list-breaches.ts';
import { breachStates } from '#lib/privacy/breaches/life.ts';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { Code } from '../../ui/grouped.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { BreachClockMark } from '../breaches/breach-marks.tsx';
import { breachesPath, breachPath } from '../breaches/breaches-address.ts';

/** Breaches that are open, those whose 72 hours end first above. */
export function BreachesPart({
  breaches,
  serverNow,
}: {
  breaches: readonly BreachLine[];
  serverNow: string;
}) {
  return (
    <section aria-label="Breaches">
      <LiveRefresh topics={['privacy-breaches']} />
      <SectionHeading
        action={
          <TextLink href={breachesPath} className="text-sm">
            All breaches
          </TextLink>
        }
      >
        Breaches
      </SectionHeading>
      <Panel>
        {breaches.length === 0 && <PanelRow>None is open.</PanelRow>}
        {breaches.map(({ id, number, state, clock }) => (
          <PanelRow
            key={id}
            title={
              <TextLink look="plain" href={breachPath(number)}>
                <Code>{number}</Code>
              </TextLink>
            }
            aside={<BreachClockMark clock={clock} serverNow={serverNow} />}
          >
            {breachStates[state]}
          </PanelRow>
        ))}
      </Panel>
    </section>
  );
}
