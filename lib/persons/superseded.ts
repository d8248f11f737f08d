/** For how long an earlier value stays once it was corrected, and by which rule. Pure. */
import type { Field } from './field-map.ts';
import { retentionRules, type RetentionRule } from './retention-rules.ts';

/** Rules of records by which it must stay provable what was known when somebody decided. */
const proving: ReadonlySet<RetentionRule> = new Set([
  'aml-relationship',
  'micar-records',
  'tax-reporting',
  'employment',
]);

export type Superseded = { stays: boolean; sentence: string; law: string };

/** What becomes of the earlier value of a field that was corrected. */
export function supersededBy({ retention }: Pick<Field, 'retention'>): Superseded {
  const { sentence, law } = retentionRules[retention];
  return proving.has(retention)
    ? {
        stays: true,
        sentence: `The earlier value stays as proof of what was known then. ${sentence}`,
        law,
      }
    : {
        stays: false,
        sentence: 'No law asks for the earlier value; it goes in the next night of retention.',
        law: 'Article 5(1)(d) and (e) of Regulation (EU) 2016/679',
      };
}
