import type { CoverageView } from '#lib/reconciliation/view-overview.ts';
import { AmountFigures } from '../ledger/amount-figures.tsx';
import { chartAddress } from '../ledger/chart-address.ts';
import { SectionHeading } from '../ui/page-header.tsx';
import { StatusMark, type StatusMarkProps } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';

const covers: Readonly<
  Record<CoverageView['cover'], Pick<StatusMarkProps, 'shape' | 'tone'> & { words: string }>
> = {
  equal: { shape: 'dot', tone: 'good', words: 'Equal' },
  short: { shape: 'triangle', tone: 'danger', words: 'Less is there than is owed' },
  over: { shape: 'ring', tone: 'caution', words: 'More is there than is owed' },
};

const places: Readonly<Record<CoverageView['where'], string>> = {
  vaults: 'In vaults',
  banks: 'At banks',
  both: 'In vaults and at banks',
};

const percent = (permyriad: number): string =>
  `${Math.floor(permyriad / 100)}.${String(permyriad % 100).padStart(2, '0')} %`;

/** Per asset: what is owed and what is there for it, by the books at this moment. */
export function CoverageFigures({ coverage }: { coverage: readonly CoverageView[] }) {
  return (
    <section>
      <SectionHeading>Coverage by the books</SectionHeading>
      <div className="space-y-4">
        {coverage.map((of) => {
          const { asset, owed, unattributed, missing, there, where, difference, cover, permyriad } =
            of;
          const { shape, tone, words } = covers[cover];
          return (
            <AmountFigures
              key={asset}
              figures={[
                {
                  label: 'Owed',
                  value: owed,
                  asset,
                  note:
                    unattributed === null
                      ? 'to clients'
                      : `to clients; ${unattributed} ${asset} of it not attributed yet`,
                },
                {
                  label: places[where],
                  value: there,
                  asset,
                  note:
                    permyriad === null
                      ? 'nothing is owed'
                      : `${percent(permyriad)} of what is owed`,
                },
                {
                  label: 'Difference',
                  value: difference,
                  asset,
                  note: (
                    <>
                      <StatusMark shape={shape} tone={tone ?? 'quiet'}>
                        {words}
                      </StatusMark>
                      {missing !== null && (
                        <>
                          {' '}
                          · {missing} {asset}{' '}
                          <TextLink href={chartAddress({ kind: 'missing', asset })}>
                            went out unexplained
                          </TextLink>
                        </>
                      )}
                    </>
                  ),
                },
              ]}
            />
          );
        })}
      </div>
    </section>
  );
}
