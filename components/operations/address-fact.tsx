import type { ReactNode } from 'react';
import { findChain } from '#lib/chains/registry.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Footing } from '../ui/description-list.tsx';
import { AddressBlock } from '../ui/grouped.tsx';

/** The full address on which somebody decides, and below it what is known of it. */
export function AddressFact({ address, children }: { address: string; children: ReactNode }) {
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <AddressBlock address={address} look="review" />
        <CopyButton text={address} what="the address" />
      </div>
      <Footing>{children}</Footing>
    </>
  );
}

const hourMs = 3_600_000;

/** "41 days ago", "3 hours ago": the largest unit that fits, rounded down. */
export function agoText(from: string, now: string): string {
  const hours = Math.floor((Date.parse(now) - Date.parse(from)) / hourMs);
  if (hours < 1) return 'less than an hour ago';
  const [count, unit] = hours < 48 ? [hours, 'hour'] : [Math.floor(hours / 24), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}

/** A chain as people call it; an unknown one by its id. */
export const chainName = (chain: string): string => findChain(chain)?.name ?? chain;
