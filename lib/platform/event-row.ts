/** Events of a file as rows hold them: what each kind says is its own, how one is read is the same everywhere. Pure. */
import type { z } from 'zod';

export type EventRow = { seq: number; kind: string; actor: string; at: Date; facts: unknown };

/** An event of these kinds; `actor` is a person id or who else may act there. */
export type EventOf<Schemas extends Readonly<Record<string, z.ZodType>>> = {
  [K in keyof Schemas]: {
    seq: number;
    kind: K;
    actor: string;
    /** ISO instant. */
    at: string;
    facts: z.infer<Schemas[K]>;
  };
}[keyof Schemas];

/** @throws when the row says what no event says: it was written past this program. */
export function readEventRow<Schemas extends Readonly<Record<string, z.ZodType>>>(
  schemas: Schemas,
  { seq, kind, actor, at, facts }: EventRow,
): EventOf<Schemas> {
  const schema = Object.hasOwn(schemas, kind) ? schemas[kind] : undefined;
  if (schema === undefined) throw new Error(`An event of an unknown kind: ${kind}`);
  return { seq, kind, actor, at: at.toISOString(), facts: schema.parse(facts) } as EventOf<Schemas>;
}
