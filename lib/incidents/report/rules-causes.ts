/** Rules 10 and 11 of the cross-field rules: root causes that go together, and costs. */
import { ADDITIONAL_CAUSES, DETAILED_CAUSES, ROOT_CAUSES } from './choices-causes.ts';
import { isFilled, listOf } from './conditions.ts';
import { annexArticle } from './finding.ts';
import type { Choice, FieldNo } from './field-types.ts';
import { figureOf, type Rule } from './rule.ts';

const wordsFor = (choices: readonly Choice[], value: string | undefined): string =>
  choices.find((choice) => choice.value === value)?.words ?? '';

/** Every value of a list has to stand under a value of another one. */
const belongs = (
  id: string,
  field: FieldNo,
  above: FieldNo,
  choices: readonly Choice[],
  parents: readonly Choice[],
): Rule => ({
  id,
  field,
  with: [above],
  // A cause without its category counts nowhere in the authorities' figures.
  severity: 'blocking',
  article: annexArticle(above, field),
  check: ({ values }) => {
    const chosen = listOf(values, above);
    const homeless = listOf(values, field)
      .map((value) => choices.find((choice) => choice.value === value))
      .find((choice) => choice?.under !== undefined && !chosen.includes(choice.under));
    // Where nothing at all is chosen above, that is what is missing.
    return homeless === undefined || chosen.length === 0
      ? null
      : `“${homeless.words}” belongs to “${wordsFor(parents, homeless.under)}”, which isn’t chosen in ${above}.`;
  },
});

export const CAUSE_RULES: readonly Rule[] = [
  belongs('detail-in-category', '4.2', '4.1', DETAILED_CAUSES, ROOT_CAUSES),
  belongs('addition-in-detail', '4.3', '4.2', ADDITIONAL_CAUSES, DETAILED_CAUSES),
  {
    id: 'category-without-detail',
    field: '4.2',
    with: ['4.1'],
    // The Annex wants the detail, and doesn't say that every category has one.
    severity: 'warning',
    article: annexArticle('4.1', '4.2'),
    check: ({ values, stage }) => {
      const details = listOf(values, '4.2');
      if (stage !== 'final' || details.length === 0) return null;
      const bare = listOf(values, '4.1').find(
        (cause) =>
          !DETAILED_CAUSES.some(({ under, value }) => under === cause && details.includes(value)),
      );
      return bare === undefined
        ? null
        : `Say in more detail what “${wordsFor(ROOT_CAUSES, bare)}” was.`;
    },
  },
  {
    id: 'third-party-origin',
    field: '2.8',
    with: ['4.2'],
    // A failure there needn't be where the incident began.
    severity: 'warning',
    article: annexArticle('2.8', '4.2'),
    check: ({ values }) =>
      listOf(values, '4.2').includes('external_event_third-party_failures') &&
      !isFilled(values, '2.8')
        ? 'A root cause lies with a third party (4.2). If the incident began there, name it.'
        : null,
  },
  {
    id: 'recoveries-over-costs',
    field: '4.14',
    with: ['4.13'],
    // It can happen, but is mostly a slip.
    severity: 'warning',
    article: annexArticle('4.13', '4.14'),
    check: ({ values }) => {
      const costs = figureOf(values, '4.13');
      const recovered = figureOf(values, '4.14');
      return costs !== null && recovered !== null && recovered > costs
        ? 'More was recovered than the incident cost (4.13). Check both amounts.'
        : null;
    },
  },
];
