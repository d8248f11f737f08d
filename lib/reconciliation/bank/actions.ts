'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { importStatement } from './import-statement.ts';
import { recordBankAccount } from './record-account.ts';

export async function importStatementAction(input: unknown) {
  return asActor((actor, context) => importStatement(actor, input, context));
}

export async function recordBankAccountAction(input: unknown) {
  return asActor((actor, context) => recordBankAccount(actor, input, context));
}
