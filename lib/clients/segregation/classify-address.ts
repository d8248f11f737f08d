import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { findChain } from '#lib/chains/registry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { readForm } from '#lib/platform/forms.ts';
import { findUnknownClient } from '../client-exists.ts';
import { maybeClientField } from '../register/forms.ts';
import { clientsTopic } from '../register/open-case.ts';
import { classedAddresses, classesOfAccountAt, registeredMax } from './classed-addresses.ts';
import { findClash, ownerClasses } from './owner-class.ts';

const form = z.strictObject({
  chain: z.string('Choose the chain.'),
  address: z
    .string('Give the address.')
    .trim()
    .regex(/^[\x21-\x7e]{1,128}$/, 'Give the address as its chain prints it.'),
  ownerClass: z.enum(ownerClasses, 'Say whose coins lie there.'),
  client: maybeClientField,
});

/** Registers whose coins lie at an address that the console did not make itself; it stays so. */
export async function classifyAddress(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<null>> {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const wanted = read.form;
  const { chain, address, ownerClass, client } = wanted;
  if (!findChain(chain))
    return refuse('chain-unknown', 'Nothing is kept on this chain here. Choose one of the list.');
  if ((ownerClass === 'client-segregated') !== (client !== null))
    return refuse(
      'client-of-class',
      'Name the client of an address that one client has alone, and no client for any other.',
    );
  const at = context.clock();
  return inTransaction(context.db, async (tx) => {
    const unknown = await findUnknownClient(tx, client);
    if (unknown) return unknown;
    const known = await classedAddresses(tx);
    if (known.filter(({ source }) => source === 'registered').length >= registeredMax)
      return refuse(
        'register-full',
        `The register has ${registeredMax} addresses, and more could not be checked each day. Tell whoever runs this console.`,
      );
    const clash = findClash([...known, ...(await classesOfAccountAt(tx, wanted))], wanted);
    if (clash) return refuse(clash.code, clash.sentence);
    const made = await tx.addressClass.createMany({
      data: [
        {
          chain,
          address,
          ownerClass,
          clientId: client,
          recordedBy: actor.personId,
          recordedAt: at,
        },
      ],
      skipDuplicates: true,
    });
    if (made.count === 0)
      return refuse('address-classified', 'This address is in the register already.');
    await appendAudit(tx, {
      kind: 'address-classified',
      subject: address,
      actor: actor.personId,
      at,
      facts: { chain, ownerClass, client },
    });
    await publish(tx, { topic: clientsTopic });
    return ok(null);
  });
}
