import type { CoverageView } from '#lib/operations/proofs/list-snapshots.ts';
import { AmountFigures, type AmountFigure } from '../ledger/amount-figures.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { StatusMark, type StatusMarkProps } from '../ui/status-mark.tsx';
import { coverWords } from './proof-words.ts';

const marks: Readonly<Record<CoverageView['cover'], Pick<StatusMarkProps, 'shape' | 'tone'>>> = {
  equal: { shape: 'dot', tone: 'good' },
  short: { shape: 'triangle', tone: 'danger' },
  over: { shape: 'ring', tone: 'caution' },
};

/** The same in one word, for tables. */
export function CoverWord({ cover }: Pick<CoverageView, 'cover'>) {
  return <StatusMark {...marks[cover]}>{coverWords[cover].split(':')[0]}</StatusMark>;
}

/** Whether all that is owed is there, as shape and words. */
export function CoverMark({ cover }: Pick<CoverageView, 'cover'>) {
  return <StatusMark {...marks[cover]}>{coverWords[cover]}</StatusMark>;
}

function figuresOf({
  asset,
  owed,
  unclaimed,
  inVaults,
  elsewhere,
  difference,
  cover,
}: CoverageView): AmountFigure[] {
  return [
    { label: 'Owed to clients', value: owed, asset, note: 'Sum of all clients’ proofs' },
    ...(unclaimed === null
      ? []
      : [
          {
            label: 'Owed, to whom is not known',
            value: unclaimed,
            asset,
            note: 'Not in the clients’ proofs',
          },
        ]),
    ...(inVaults === null
      ? []
      : [{ label: 'In vaults', value: inVaults, asset, note: 'At the addresses below' }]),
    ...(elsewhere === null
      ? []
      : [
          {
            label: 'At banks and on its way',
            value: elsewhere,
            asset,
            note: 'By the books; no signature can show it',
          },
        ]),
    { label: 'Difference', value: difference, asset, note: <CoverMark cover={cover} /> },
  ];
}

/** Per asset: what was owed, and what was there. */
export function CoverageList({ coverage }: { coverage: readonly CoverageView[] }) {
  return (
    <div className="space-y-6">
      {coverage.map((of) => (
        <section key={of.asset}>
          {coverage.length > 1 && <SectionHeading>{of.asset}</SectionHeading>}
          <AmountFigures figures={figuresOf(of)} />
        </section>
      ))}
    </div>
  );
}
