/** Looks through one system for the person whom a request is about, and records on the request what was found. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { contentDigest } from '#lib/audit/content-digest.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { about, actOnRequest, requestMoved, requestUnknown } from '../requests/act-on-request.ts';
import { loadRequest } from '../requests/load-request.ts';
import { systemCodes, systemOf, type SystemCode } from './systems.ts';
import type { Subject } from './spans.ts';
import { subjectOf, type Reader } from './system.ts';

const form = z.strictObject({
  ...about,
  system: z.enum(systemCodes as [SystemCode, ...SystemCode[]], {
    error: 'This system is not registered to be searched.',
  }),
});

/** A million records take less. */
const timeoutMs = 120_000;

/** How many records there are and a digest over each of them, in their order. @param db one state of the database. */
export async function digestSystem(
  db: Reader,
  system: SystemCode,
  subject: Subject,
): Promise<{ found: number; digest: string }> {
  const hash = createHash('sha256');
  let found = 0;
  for await (const { ref, at, facts } of systemOf(system).items(db, subject)) {
    hash.update(contentDigest({ ref, at, facts }));
    found += 1;
  }
  return { found, digest: hash.digest('hex') };
}

/**
 * Counts and digests what a system holds of the person, by itself, and records it. Again for the same system replaces
 * what was said of it.
 */
export async function collectSystem(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const refused = lacksScope(actor, 'privacy:work');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, seen, system } = read.form;
  const file = await loadRequest(context.db, id);
  if (!file) return requestUnknown();
  const person = file.standing.person?.id;
  if (person === undefined)
    return refuse('not-identified', 'Choose the person whom it is about first.');
  const found = await inSnapshot(
    context.db,
    async (tx) => digestSystem(tx, system, await subjectOf(tx, person)),
    { timeoutMs },
  );
  return actOnRequest(actor, context, {
    scope: 'privacy:work',
    id,
    seen,
    kind: 'collected',
    draw: ({ standing }) =>
      standing.person?.id === person ? ok({ system, ...found }) : requestMoved(),
  });
}
