/** How long what each system holds of somebody is kept, by the schedule of retention. Pure. */
import {
  categoryOf,
  periodWords,
  type Category,
  type CategoryCode,
} from '../retention/schedule.ts';
import type { SystemCode } from './systems.ts';

/** Categories of the schedule that a system's records belong to; none where each record says it by itself. */
const categoriesOf: Readonly<Record<SystemCode, readonly CategoryCode[]>> = {
  vault: [],
  looks: ['trail'],
  ties: ['aml-relationship'],
  ledger: ['custody-records', 'bank-statements'],
  operations: ['custody-records'],
  destinations: ['travel-rule'],
  statements: ['custody-records'],
  registers: ['complaints'],
  incidents: ['incident-evidence'],
  texts: [],
  requests: ['request-files'],
  files: ['request-files'],
  corrections: ['trail'],
  restrictions: ['trail'],
  consents: ['trail'],
  stops: ['trail'],
  breaches: ['breach-files'],
  signed: ['custody-records'],
  access: ['console-access'],
};

const termWords = (category: Category): string =>
  category.period === null
    ? `As long as this installation is run, by ids alone (${category.law}).`
    : `${periodWords(category)} after ${category.trigger} (${category.law}).`;

/** Each term of a system's records with its law; none where each record says it by itself. */
export const termsOf = (code: SystemCode): string[] => [
  ...new Set(categoriesOf[code].map((one) => termWords(categoryOf(one)))),
];

/** What is kept of somebody beside the systems that are searched: logs and copies. */
const besides: readonly CategoryCode[] = ['trail', 'packages'];
export const keptBesides: readonly string[] = besides.map((code) => {
  const category = categoryOf(code);
  return `${category.name}: ${termWords(category)}`;
});

/** What a person is told of it (Article 15(1)(d) GDPR). */
export function keptWords(code: SystemCode): string {
  if (code === 'vault') return 'Each value as it says beside it.';
  if (code === 'texts') return 'As long as the record to which each of them belongs.';
  const terms = termsOf(code);
  const stays = categoriesOf[code].some((one) => categoryOf(one).action === 'pseudonymise')
    ? [' Its rows then stay under an id that stands for nobody once you are erased.']
    : [];
  return [terms.join(' '), ...stays].join('');
}
