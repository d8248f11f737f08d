import type { ReactNode } from 'react';
import type { StepLine } from '#lib/clients/register/step-lines.ts';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { Time } from '../ui/time.tsx';

/** What was done about an entry, newest first, down to how it came in. */
export function StepPanel({
  steps,
  words,
  opened,
}: {
  steps: readonly StepLine[];
  /** Each step as people call it. */
  words: Readonly<Record<string, string>>;
  opened: { words: string; at: string; by: string };
}) {
  return (
    <section>
      <SectionHeading>What was done about it</SectionHeading>
      <Panel label="What was done, newest first">
        {steps.toReversed().map(({ seq, step, at, by, text }) => (
          <PanelRow key={seq} title={words[step] ?? step}>
            <StepTime at={at} by={by} />
            {text !== null && (
              <p className="mt-1 whitespace-pre-wrap text-text">
                <bdi>{text}</bdi>
              </p>
            )}
          </PanelRow>
        ))}
        <PanelRow title={opened.words}>
          <StepTime at={opened.at} by={opened.by} />
        </PanelRow>
      </Panel>
    </section>
  );
}

const StepTime = ({ at, by }: { at: string; by: string }): ReactNode => (
  <p>
    <Time instant={at} /> by <bdi>{by}</bdi>
  </p>
);
