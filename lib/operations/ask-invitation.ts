import { z } from 'zod';
import type { Context } from '#lib/platform/context.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import { askAtDoor } from './colleagues-door.ts';
import { guestSeats } from './guest-seats.ts';

const form = z.strictObject({ seat: z.enum(guestSeats) });

export type GuestLink = {
  /** Name the guest goes by, such as "Guest approver 2". */
  name: string;
  operatorId: string;
  /** Shown this once. */
  link: string;
  /** ISO instant. */
  expiresAt: string;
};

const answerShape = z.union([
  z.object({
    ok: z.literal(true),
    value: z.object({
      name: z.string(),
      operatorId: z.string(),
      link: z.url(),
      expiresAt: z.iso.datetime(),
    }),
  }),
  z.object({ ok: z.literal(false), refusal: z.object({ code: z.string(), sentence: z.string() }) }),
]);

/**
 * Sandbox only: has the sample administrator invite a guest, so that anybody can try the console
 * when the printed links are used up. In production an administrator of flesh and blood invites.
 * @param colleagues Unix socket of the colleagues' process, null outside the sandbox.
 */
export async function askInvitation(
  input: unknown,
  colleagues: string | null,
  context: Context,
): Promise<Result<GuestLink>> {
  if (colleagues === null || context.settings.mode !== 'sandbox')
    return refuse(
      'sandbox-only',
      'Guests are invited in the sandbox only. Ask an administrator for an enrolment link.',
    );
  const parsed = form.safeParse(input);
  if (!parsed.success) return refuse('form-invalid', 'Choose the part you want to play.');
  const unreachable = refuse(
    'colleague-unreachable',
    'The sample administrator does not answer. Try again in a moment.',
  );
  try {
    const asked = await askAtDoor(colleagues, { path: '/invite', question: parsed.data });
    return asked.ok ? answerShape.parse(asked.value) : unreachable;
  } catch {
    return unreachable;
  }
}
