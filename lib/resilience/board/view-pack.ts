/** A pack of the board as its page shows it, and as a file. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { loadPack, type PackFile } from './load-pack.ts';
import { packPdf } from './render-pack-pdf.ts';

export type PackView = PackFile & {
  can: { sign: boolean };
  /** Whoever looks has made it: another has to approve. */
  isYours: boolean;
};

export async function viewPack(
  actor: Actor,
  { id }: { id: string },
  context: Context,
): Promise<Result<PackView>> {
  const refused = lacksScope(actor, 'resilience:read');
  if (refused) return refused;
  const found = await loadPack(context, id);
  if (!found.ok) return found;
  const me = actor.personId;
  return ok({
    ...found.value,
    can: {
      sign:
        actor.scopes.has('board:sign') &&
        !found.value.signatures.some(({ person }) => person === me),
    },
    isYours: found.value.madeBy === me,
  });
}

/** The pack with its signatures as PDF. The same pack and signatures give the same bytes. */
export async function viewPackFile(
  actor: Actor,
  { id }: { id: string },
  context: Context,
): Promise<Result<{ name: string; bytes: Uint8Array }>> {
  const refused = lacksScope(actor, 'resilience:read');
  if (refused) return refused;
  const found = await loadPack(context, id);
  if (!found.ok) return found;
  const { number, pack } = found.value;
  return ok({ name: `${number}-${pack.quarter}.pdf`, bytes: await packPdf(found.value) });
}
