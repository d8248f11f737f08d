import { z } from 'zod';
import { runKinds, type RunKind } from './matching/inputs.ts';

/** What one run compares: a vault's or a bank account's asset, or one asset over everything. */
export type Place = {
  kind: RunKind;
  asset: string;
  /** Vault or bank account; `all` for liabilities. */
  place: string;
};

export const placeKey = ({ kind, asset, place }: Place): string => `${kind}/${asset}/${place}`;

/** What a request may want: everything, what is due, or one place. */
export const wantedText = z
  .string()
  .regex(new RegExp(`^(?:all|due|(?:${runKinds.join('|')})/[A-Z0-9]{2,12}/[A-Za-z0-9-]{1,64})$`));
