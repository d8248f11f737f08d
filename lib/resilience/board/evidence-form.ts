/** What is put on record as evidence of a duty of the board: the document by its digest, and what was decided. */
import { z } from 'zod';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { dayField, textField } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { dayOf } from '../days.ts';
import { line, person } from '../kinds/fields.ts';
import { recordedDuties } from './board-duties.ts';
import { decisions } from './pack.ts';

const membersMax = 30;

const several = z
  .union([z.string(), z.array(z.string())], 'Choose who was present.')
  .transform((given) => [given].flat().filter((one) => one !== ''));

export const evidenceForm = z.strictObject({
  duty: z.enum(
    recordedDuties.map(({ id }) => id) as [string, ...string[]],
    'Choose the duty that it is evidence of.',
  ),
  title: line('the title of the document', 200),
  version: line('the version of the document', 60),
  sha256: z
    .string('Give the digest of the document.')
    .trim()
    .toLowerCase()
    .regex(/^[0-9a-f]{64}$/, 'Give the SHA-256 of the document: 64 hexadecimal digits.'),
  decidedOn: dayField('the day of the decision'),
  decision: z.enum(decisions, 'Choose what was decided.'),
  conditions: textField.default(''),
  members: several.pipe(
    z
      .array(person('who was present'))
      .min(1, 'Choose who was present.')
      .max(membersMax, `Choose at most ${membersMax} people.`),
  ),
  /** Empty for somebody who doesn't work with the console. */
  author: z
    .literal('')
    .transform(() => null)
    .or(person('who wrote the document')),
});
export type EvidenceForm = z.output<typeof evidenceForm>;

export type EvidenceCode =
  | 'decision-ahead'
  | 'not-present'
  | 'author-signs'
  | 'person-unknown'
  | 'evidence-known';

/** Why this person can't sign the evidence; what the form alone doesn't tell. */
export async function checkEvidence(
  db: Database | Tx,
  form: Pick<EvidenceForm, 'duty' | 'sha256' | 'decidedOn' | 'members' | 'author'>,
  { by, at }: { by: string; at: Date },
): Promise<Result<null, EvidenceCode>> {
  const { duty, sha256, decidedOn, members, author } = form;
  if (decidedOn > dayOf(at))
    return refuse('decision-ahead', 'The day of the decision lies ahead. Put when it was taken.');
  if (author === by)
    return refuse(
      'author-signs',
      'You wrote this document. Another member who was present signs it off (DORA Art 5).',
    );
  if (!members.includes(by))
    return refuse('not-present', 'Whoever signs was present. Add yourself, or have another sign.');
  const named = new Set([...members, ...(author === null ? [] : [author])]);
  const known = await db.operator.count({ where: { id: { in: [...named] } } });
  if (known < named.size || new Set(members).size < members.length)
    return refuse('person-unknown', 'Choose people who work with the console, each once.');
  const same = await db.boardEvidence.findFirst({
    where: { duty, sha256, decidedOn: new Date(`${decidedOn}T00:00:00.000Z`) },
    select: { id: true },
  });
  if (same)
    return refuse('evidence-known', 'This decision about this document is on record already.');
  return ok(null);
}
