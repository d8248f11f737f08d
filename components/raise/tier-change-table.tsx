import type { TransferOptions } from '#lib/operations/transfers/list-transfer-options.ts';
import { shareText } from '../custody/share-text.ts';
import { TierName } from '../operations/tier-name.tsx';
import { tierChanges, type Chosen } from './transfer-plan.ts';

/** Shares of the asset by tier before the transfer and after it, by the ledger. */
export function TierChangeTable({ options, chosen }: { options: TransferOptions; chosen: Chosen }) {
  return (
    <div className="max-w-form">
      <table className="w-full text-sm">
        <caption className="mb-1 text-start font-strong">
          Share of {chosen.asset} by tier, by the ledger, rounded down
        </caption>
        <thead>
          <tr className="text-text-quiet">
            <th scope="col" className="py-1 text-start font-medium">
              Tier
            </th>
            <th scope="col" className="py-1 text-end font-medium">
              Before
            </th>
            <th scope="col" className="py-1 text-end font-medium">
              After
            </th>
          </tr>
        </thead>
        <tbody>
          {tierChanges(options, chosen).map(({ tier, before, after }) => (
            <tr key={tier} className="border-t border-line">
              <th scope="row" className="py-1 text-start font-normal">
                <TierName tier={tier} />
              </th>
              <td className="py-1 text-end tabular-nums">{shareText(before)}</td>
              <td className="py-1 text-end tabular-nums">
                {after === null ? '–' : shareText(after)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-1 text-sm text-text-quiet">
        As the ledger stands now. What is under way is not counted; a proposal under Tiers counts it
        as done.
      </p>
    </div>
  );
}
