/** Asks at the colleagues' door; the other side is `door.ts`. */
import { z } from 'zod';
import { askAtDoor } from '#lib/operations/colleagues-door.ts';
import type { Result } from '#lib/platform/result.ts';
import {
  acted,
  members,
  openOperations,
  paths,
  refused,
  type Acted,
  type Ask,
  type Member,
  type OpenOperation,
} from './messages.ts';

async function ask<T>(
  socket: string,
  call: { path: string; question?: Ask },
  value: z.ZodType<T>,
): Promise<Result<T>> {
  const asked = await askAtDoor(`unix:${socket}`, call);
  if (!asked.ok) return asked;
  return z.union([z.object({ ok: z.literal(true), value }), refused]).parse(asked.value);
}

/** Has a colleague state on an operation. @throws when the answer is not of the agreed form. */
export const askToDecide = (socket: string, wanted: Ask): Promise<Result<Acted>> =>
  ask(socket, { path: paths.decide, question: wanted }, acted);

export const askForOpen = (socket: string): Promise<Result<OpenOperation[]>> =>
  ask(socket, { path: paths.open }, openOperations);

export const askForMembers = (socket: string): Promise<Result<Member[]>> =>
  ask(socket, { path: paths.people }, members);
