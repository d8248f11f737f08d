import type { Blocker } from '#lib/privacy/erasure/blockers.ts';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { Day } from '../ui/time.tsx';

/** What stands against erasing somebody, each with its article and the day on which it ends. */
export function ErasureBlockers({ blockers }: { blockers: readonly Blocker[] }) {
  if (blockers.length === 0) return null;
  return (
    <Panel label="What stands against erasing it">
      {blockers.map(({ code, about, article, sentence, endsOn }) => (
        <PanelRow
          key={`${code} ${about}`}
          title={sentence}
          aside={
            endsOn === null ? (
              'No day'
            ) : (
              <>
                until <Day date={endsOn} />
              </>
            )
          }
        >
          {article}
        </PanelRow>
      ))}
    </Panel>
  );
}
