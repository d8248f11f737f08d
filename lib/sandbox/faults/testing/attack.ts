/** The shape of an attack on an operation. */
import type { Field, Op, Sql } from './field.ts';

export type Attack = {
  name: string;
  /** Brings an operation through the console to where the attack begins; default: approved. */
  prepare?: (field: Field) => Promise<Op>;
  /** What the web server's role tries first, and the code with which the database refuses it. */
  refused?: (op: Op, field: Field) => readonly (readonly [code: string, ...sql: Sql])[];
  /** Ends with an operation that passes for complete, so that the worker takes it to the parties. */
  strike: (field: Field, op: Op) => Promise<void>;
  /** What the parties answer. */
  refusal: string;
  /** Puts back what later attacks rely on. */
  undo?: (field: Field, op: Op) => Promise<void>;
};

/** The database's own guard of ended operations is their hold, so that goes first. */
export const reopenHold = (id: string): Sql => [
  'delete from hold_resolution where hold_id = (select id from hold where operation_id = $1)',
  id,
];

/** Puts an ended operation back to its end, with its hold resolved as it was. */
export const endAgain = (id: string, state: 'confirmed' | 'rejected'): Sql[] => [
  [
    `insert into hold_resolution (hold_id, outcome, journal_id)
       select h.id, case when j.id is null then 'voided' else 'posted' end, j.id
         from hold h left join journal j on j.operation_id = h.operation_id where h.operation_id = $1`,
    id,
  ],
  ['update operation set state = $2 where id = $1', id, state],
];

export const NOT_ALLOWED = '42501';
export const CHECK_VIOLATED = '23514';
export const NOT_UNIQUE = '23505';
export const NO_LEGAL_CHANGE = 'CS002';
