const LOOKS: Readonly<Record<string, string>> = {
  cold: 'text-tier-cold',
  warm: 'text-tier-warm',
  hot: 'text-tier-hot',
};

/** A vault's tier in its own hue; the word says it all without. */
export function TierName({ tier }: { tier: string }) {
  return <span className={`font-medium ${LOOKS[tier] ?? ''}`}>{tier}</span>;
}
