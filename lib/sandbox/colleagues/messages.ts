/** What goes through the colleagues' door: requests as they are checked, answers as they are read. */
import { z } from 'zod';
import { guestSeats } from '#lib/operations/guest-seats.ts';
import { operationId } from '#lib/protocol/scalars.ts';

/** Number that people use, such as WD-2026-000001. */
export const operationNumber = z.string().regex(/^[A-Z]{2}-\d{4}-\d{6,9}$/);

/** An operation by its number or its id. */
export const operationName = z.union([operationId, operationNumber]);

export const handleName = z.string().regex(/^[a-z]{1,20}$/);

export const colleagueDecision = z.enum(['approve', 'cosign', 'reject', 'cancel']);

/** Asks a colleague to state; `handle` names one, otherwise the first who may does it. */
export const ask = z.strictObject({
  operation: operationName,
  decision: colleagueDecision,
  handle: handleName.optional(),
});
export type Ask = z.infer<typeof ask>;

/** Asks for an enrolment link of a guest. */
export const askForGuestLink = z.strictObject({ seat: z.enum(guestSeats) });

export const acted = z.object({
  operation: operationId,
  number: z.string(),
  state: z.string(),
  /** What the operation waits for now, as the queue says it. */
  waitsFor: z.string(),
  by: z.object({ handle: z.string(), name: z.string() }),
});
export type Acted = z.infer<typeof acted>;

export const openOperations = z.array(
  z.object({
    /** By which parties know it; the number is the console's. */
    id: operationId,
    number: z.string(),
    kindName: z.string(),
    amount: z.string().nullable(),
    asset: z.string().nullable(),
    route: z.string(),
    waitsFor: z.string(),
  }),
);
export type OpenOperation = z.infer<typeof openOperations>[number];

export const members = z.array(
  z.object({
    handle: z.string(),
    name: z.string(),
    roles: z.array(z.string()),
    group: z.string().nullable(),
    status: z.string(),
  }),
);
export type Member = z.infer<typeof members>[number];

export const refused = z.object({
  ok: z.literal(false),
  refusal: z.object({ code: z.string(), sentence: z.string() }),
});

/** Addresses inside the door. */
export const paths = { decide: '/', open: '/open', people: '/people', invite: '/invite' } as const;
