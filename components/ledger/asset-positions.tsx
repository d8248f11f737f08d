import type { AssetView } from '#lib/operations/view-ledger.ts';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { StatusMark, type StatusMarkProps } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { AmountFigures } from './amount-figures.tsx';
import { chartAddress } from './chart-address.ts';
import { accountPath } from './ledger-words.ts';

const covers: Readonly<
  Record<AssetView['cover'], Pick<StatusMarkProps, 'shape' | 'tone'> & { words: string }>
> = {
  equal: { shape: 'dot', tone: 'good', words: 'Equal: all that is owed is there, and no more' },
  short: { shape: 'triangle', tone: 'danger', words: 'Short: less is there than is owed' },
  over: { shape: 'ring', tone: 'caution', words: 'Over: more is there than is owed' },
};

/** Per asset: what is owed, what is there, and whether the two are the same. */
export function AssetPositions({ assets }: { assets: readonly AssetView[] }) {
  return (
    <div className="space-y-6">
      {assets.map((position) => (
        <section key={position.asset}>
          {assets.length > 1 && <SectionHeading>{position.asset}</SectionHeading>}
          <AmountFigures figures={figuresOf(position)} />
        </section>
      ))}
    </div>
  );
}

function figuresOf({
  asset,
  owed,
  held,
  unattributed,
  missing,
  inVaults,
  atBanks,
  difference,
  cover,
}: AssetView): Parameters<typeof AmountFigures>[0]['figures'] {
  const { shape, tone, words } = covers[cover];
  return [
    {
      label: 'Owed to clients',
      value: owed,
      asset,
      note: (
        <>
          of it <OperationAmount value={held} asset={asset} look="plain" /> set aside for open
          withdrawals
        </>
      ),
    },
    ...(unattributed === null
      ? []
      : [
          {
            label: 'Not attributed yet',
            value: unattributed,
            asset,
            note: (
              <>
                <StatusMark shape="ring" tone="caution">
                  Owed, to whom is not known
                </StatusMark>{' '}
                ·{' '}
                <TextLink
                  href={accountPath(`suspense/${atBanks === null ? 'deposits' : 'bank'}/${asset}`)}
                >
                  {atBanks === null ? 'deposits' : 'bank entries'}
                </TextLink>
              </>
            ),
          },
        ]),
    atBanks === null
      ? {
          label: 'In the vaults',
          value: inVaults,
          asset,
          note: 'by the books, not read from a chain',
        }
      : {
          label: 'At banks',
          value: atBanks,
          asset,
          note: 'by the books, as statements were imported',
        },
    ...(missing === null
      ? []
      : [
          {
            label: 'Went out unexplained',
            value: missing,
            asset,
            note: (
              <>
                <StatusMark shape="triangle" tone="danger">
                  Neither owed nor there
                </StatusMark>{' '}
                · <TextLink href={chartAddress({ kind: 'missing', asset })}>where</TextLink>
              </>
            ),
          },
        ]),
    {
      label: 'Difference',
      value: difference,
      asset,
      note: (
        <StatusMark shape={shape} tone={tone ?? 'quiet'}>
          {words}
        </StatusMark>
      ),
    },
  ];
}

/** How the books stand, in one sentence. */
export function ledgerState(assets: readonly AssetView[]): string {
  const named = (cover: AssetView['cover']) =>
    assets.filter((position) => position.cover === cover).map(({ asset }) => asset);
  const [short, over] = [named('short'), named('over')];
  const parts = [
    short.length > 0 && `less ${listOf(short)} than is owed`,
    over.length > 0 && `more ${listOf(over)} than is owed`,
  ].filter((part) => part !== false);
  if (assets.length === 0) return 'Nothing has been booked yet.';
  if (parts.length > 0) return `By the books, vaults and banks hold ${parts.join(' and ')}.`;
  return 'By the books, vaults and banks hold exactly what is owed.';
}

const listOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
