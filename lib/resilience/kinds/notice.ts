/** Privacy notices in their editions (GDPR Art 13 and 14). */
import { z } from 'zod';
import { keysOf } from '../codes.ts';
import type { About, Fault, KindRules, Standing } from '../records/kind-rules.ts';
import { day, line, list, maybeLine, oneOf, paragraph, record, yesNo } from './fields.ts';
import { noticePieces, noticeSources, noticeStates } from './notice-words.ts';
import { personCategories } from './privacy-words.ts';

const digest = z
  .string('Give the SHA-256.')
  .regex(/^[0-9a-f]{64}$/, 'Give the SHA-256 of the text as 64 digits and letters a to f.');

export const noticeFacts = z.strictObject({
  name: line('the name of the notice', 200),
  state: oneOf(keysOf(noticeStates), 'where it stands'),
  audience: list(oneOf(keysOf(personCategories), 'the audience'), 'categories', 20),
  language: z
    .string('Give the language.')
    .regex(/^[a-z]{2}$/, 'Give the language as two letters, such as en.'),
  source: oneOf(keysOf(noticeSources), 'where the data come from'),
  hasInterests: yesNo('whether something rests on legitimate interests'),
  hasTransfers: yesNo('whether data leave the European Economic Area'),
  hasConsent: yesNo('whether something rests on consent'),
  /** What the newest edition says. */
  pieces: list(oneOf(keysOf(noticePieces), 'what it says'), 'pieces', 30),
  /** Each text that was or will be in force, oldest first. */
  editions: list(
    z.strictObject({
      edition: line('the edition', 50),
      inForceFrom: day('the day from which it is in force'),
      /** Of the text as it is published. */
      digest: digest.nullable().default(null),
      /** Where it stands: an address or a place in the archive. */
      at: maybeLine('where it stands', 300),
    }),
    'editions',
  ),
  /** Activities that it tells of. */
  activities: list(record('the activity'), 'activities', 50),
  reviewOn: day('the day of the next review'),
});
export type NoticeFacts = z.infer<typeof noticeFacts>;

function faultsOf(facts: NoticeFacts, { texts, today }: About): Fault[] {
  const faults: Fault[] = [];
  const no = (field: string, reason: string) => faults.push({ field, reason });
  let before = '';
  const names = new Set<string>();
  for (const [index, one] of facts.editions.entries()) {
    const at = `editions.${index}`;
    if (names.has(one.edition)) no(`${at}.edition`, 'This edition stands here already.');
    names.add(one.edition);
    if (one.inForceFrom <= before)
      no(`${at}.inForceFrom`, 'Editions follow one another: each is in force later than the last.');
    before = one.inForceFrom;
    const isNewest = index === facts.editions.length - 1;
    if ((one.digest === null || one.at === null) && !(isNewest && (texts['text'] ?? '') !== ''))
      no(
        `${at}.digest`,
        'Give the SHA-256 of the text and where it stands, or for the newest write the text here.',
      );
  }
  if (facts.state === 'in-force' && !facts.editions.some((one) => one.inForceFrom <= today))
    no('editions', 'A notice in force has an edition that is in force today.');
  if (facts.state === 'in-force' && facts.audience.length === 0)
    no('audience', 'Say whom it is for (Art 12(1)).');
  for (const field of ['audience', 'pieces'] as const)
    if (new Set<string>(facts[field]).size < facts[field].length)
      no(field, 'Something stands here twice.');
  return faults;
}

const standingOf = ({ state, reviewOn }: NoticeFacts): Standing => ({
  state,
  grade: null,
  dueOn: state === 'withdrawn' ? null : reviewOn,
});

export const noticeRules: KindRules<NoticeFacts> = {
  facts: noticeFacts,
  texts: {
    text: paragraph('the text of the newest edition'),
    note: paragraph('what changed with the newest edition'),
  },
  refOf: ({ name }) => ({ field: 'name', ref: name }),
  namesOf: ({ activities }) =>
    activities.map((to, index) => ({ path: `activities.${index}`, to, kind: 'activity' }) as const),
  peopleOf: () => [],
  standingOf,
  faultsOf,
  becomesOf: () => [],
};
