import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { openRequestFile } from './open-file.ts';

/** By what a file is, not by what its sender called it. */
const endings: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'text/plain': 'txt',
};

/** A file of a request as it is saved: under a name of ours, as its sender's may be made to mislead. */
export async function viewRequestFile(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ name: string; bytes: Uint8Array }>> {
  const file = await openRequestFile(actor, input, context);
  if (!file.ok) return file;
  const { number, seq, mediaType, bytes } = file.value;
  return ok({ name: `${number}-file-${seq}.${endings[mediaType] ?? 'bin'}`, bytes });
}
