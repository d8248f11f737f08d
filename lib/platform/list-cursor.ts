/** Where a page of a list ends that is read by an instant and an id: as it stands in an address. Pure. */
import { z } from 'zod';

export type ListCursor = { at: Date; id: string };

/** Milliseconds since 1970 in thirteen digits, and a UUID. */
export const listCursor = z
  .string()
  .regex(/^\d{13}_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .transform((text): ListCursor => ({
    at: new Date(Number(text.slice(0, 13))),
    id: text.slice(14),
  }));

export const listCursorText = ({ at, id }: ListCursor): string => `${at.getTime()}_${id}`;
