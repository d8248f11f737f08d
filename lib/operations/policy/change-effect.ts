/** Whom a change of rules or people needs, and when it takes effect. Pure. */
import type { Allowed } from '../ask-policy.ts';
import { describeNeed } from '../describe-policy.ts';
import { inWords, spanText } from '../policy-words.ts';

export type ChangeEffect =
  | { what: 'nothing' }
  /** Nobody can tell before what is wrong is mended. */
  | { what: 'unknown' }
  | {
      what: 'tightens';
      /** Whom it needs beside its raiser; null for nobody. */
      asks: string | null;
    }
  | {
      what: 'loosens';
      asks: string;
      /** How long each party waits then; null for not at all. */
      wait: string | null;
    };

/** @param isTightening by the protocol's own rule. */
export function changeEffect(allowed: Allowed, isTightening: boolean): ChangeEffect {
  const asks = inWords(allowed.needs.map(describeNeed));
  if (isTightening) return { what: 'tightens', asks: allowed.needs.length === 0 ? null : asks };
  return {
    what: 'loosens',
    asks,
    wait: allowed.waitSeconds === 0 ? null : spanText(allowed.waitSeconds),
  };
}
