import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Ok, type Refused } from '#lib/platform/result.ts';
import { readUpload, type UploadFault } from '../roi/read-upload.ts';
import type { Imported } from './import-run.ts';
import { importRegister } from './import-register.ts';

/** The largest file that is taken; a register of 2,000 contracts stays far below. */
export const registerFileMax = 33_554_432;

/** A register is held in memory while it is taken over, so a process takes one at a time. */
let isTaking = false;

/** Reasons that are named at once. */
const placesMax = 100;

const form = z.strictObject({
  name: z
    .string('Give the name of the file.')
    .min(1, 'Give the name of the file.')
    .max(255, 'The name of the file has at most 255 characters.'),
  bytes: z
    .instanceof(Uint8Array, { error: 'Choose the file of the register.' })
    .refine(({ length }) => length > 0, 'The file is empty.')
    .refine(
      ({ length }) => length <= registerFileMax,
      'A register of at most 32 MiB is taken over at once.',
    ),
});

export type RegisterFileRefused = Refused<
  'register-busy' | 'register-unreadable' | 'register-invalid' | 'not-allowed' | 'form-invalid'
> & { places: readonly UploadFault[] };

export type RegisterTaken = {
  imported: Imported;
  /** Sheets that are no templates, of which nothing was read. */
  left: readonly string[];
};

/**
 * What is known before a file is read: whether somebody may hand one in, and whether another is being taken over.
 * Nothing is held for the file that comes: whoever sends slowly keeps nobody waiting.
 */
export function refuseUnread(actor: Actor): RegisterFileRefused | null {
  const refused = lacksScope(actor, 'resilience:write');
  if (refused) return { ...refused, places: [] };
  return isTaking
    ? {
        ...refuse(
          'register-busy',
          'Another register is being taken over. Nothing of this one was read. Try again in a minute.',
        ),
        places: [],
      }
    : null;
}

/**
 * Takes over a register that somebody sends as a package or a workbook: all of it or nothing. A refusal names every
 * place that is wrong with its reason.
 */
export async function importRegisterFile(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Ok<RegisterTaken> | RegisterFileRefused> {
  // Nothing that somebody without the right sends is opened, and another may have begun since this one was sent.
  const refused = refuseUnread(actor);
  if (refused) return refused;
  const given = readForm(form, input);
  if (!given.ok) return { ...given, places: [] };
  isTaking = true;
  try {
    return await takeOne(actor, given.form, context);
  } finally {
    isTaking = false;
  }
}

async function takeOne(
  actor: Actor,
  { name, bytes }: z.output<typeof form>,
  context: Context,
): Promise<Ok<RegisterTaken> | RegisterFileRefused> {
  const read = await readUpload(name, bytes);
  if ('refused' in read) {
    const [first] = read.refused;
    const more = read.refused.length > 1 ? ` (${read.refused.length - 1} more)` : '';
    return {
      ...refuse(
        'register-unreadable',
        `Nothing was taken over. ${first?.where ? `${first.where}: ` : ''}${first?.reason ?? ''}${more}`,
      ),
      places: read.refused.slice(0, placesMax),
    };
  }
  const taken = await importRegister(actor, { rows: read.rows }, context);
  if (taken.ok) return ok({ imported: taken.value, left: read.left });
  const cells = 'cells' in taken ? taken.cells : [];
  return {
    ...taken,
    places: cells.slice(0, placesMax).map(({ template, row, column, reason }) => ({
      where: [template, row === null ? null : `row ${row}`, column].filter(Boolean).join(', '),
      reason,
    })),
  };
}
