/**
 * The second channel: shows a person of this party's own group their code for an operation, against
 * a key press at this party's own page. The console is told the code by the person and by nobody else.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { groupAt, type RosterPerson } from '#lib/protocol/roster.ts';
import { digestHex, operationId } from '#lib/protocol/scalars.ts';
import { showCode, type ShowCode } from '#lib/protocol/show-code.ts';
import { assertionJson, challengeOf, taggedBytes } from '#lib/protocol/statement.ts';
import { checkAssertion } from '#lib/protocol/webauthn.ts';
import { channelCodeFor } from '../channel-code.ts';
import { raiseRecordMark } from '../marks.ts';
import { note, type Party } from '../party.ts';
import { challengeAt } from '../store/operations.ts';
import { findPresented } from '../store/presented.ts';
import type { Trust } from '../store/trust.ts';
import { findKeyFault } from './people.ts';
import { refused, type PageAnswer } from './refusals.ts';
import { typedAttempt } from './typed-attempt.ts';

/** How long a request may take from the page to the key press and back, in milliseconds. */
const LIFETIME = 120_000;
/** Key presses remembered so that each is good once; only proven ones get in. */
const USED_MAX = 1_000;

/** What the page showed when the person asked. */
export const codeRequest = z.strictObject({
  operation: operationId,
  intentDigest: digestHex,
  attempt: typedAttempt,
});
export type CodeRequest = z.infer<typeof codeRequest>;

export const signedCodeRequest = z.strictObject({
  document: showCode,
  /** This party's own mark on the document. */
  seal: z.string().max(100),
  assertion: assertionJson,
});

export type ShownCode = { person: string; operation: string; code: string };

export type CodeDesk = {
  /** A document for the person to sign; nothing is remembered until it comes back signed. */
  prepare(
    trust: Trust,
    person: RosterPerson,
    of: CodeRequest,
  ): PageAnswer<{ document: ShowCode; seal: string }>;
  show(trust: Trust, signed: z.infer<typeof signedCodeRequest>): PageAnswer<ShownCode>;
};

/** Whether the operation stands here with just this content, and what of it. */
function isShown(party: Party, { operation, intentDigest, attempt }: CodeRequest) {
  const shown = findPresented(party.database, operation);
  if (!shown) return 'operation-not-shown' as const;
  const now = shown.bundle.statements[0]?.statement.attempt;
  return shown.intentDigest === intentDigest && now === attempt
    ? null
    : ('operation-changed' as const);
}

const isOfOwnGroup = (party: Party, { roster }: Trust, person: RosterPerson): boolean =>
  groupAt(roster, person, party.now().getTime()) === party.config.group;

/** Who pressed, with a key that counts, at this party's own address and nowhere else. */
function prove(
  party: Party,
  trust: Trust,
  { document, assertion }: z.infer<typeof signedCodeRequest>,
): PageAnswer<RosterPerson> {
  const person = trust.roster.people.find(({ id }) => id === document.person);
  if (!person) return refused('person-unknown');
  if (!isOfOwnGroup(party, trust, person)) return refused('code-of-another-party');
  const key = person.credentials.find(({ id }) => id === assertion.id);
  if (!key) return refused('credential-unknown');
  const fault = findKeyFault(party, { person, credential: key });
  if (fault) return refused(fault);
  const { relyingParty, environment } = trust.roster;
  const challenge = challengeOf(document);
  const verdict = checkAssertion({
    credential: {
      id: key.id,
      publicKey: Buffer.from(key.publicKey, 'base64url'),
      signCount: 0,
      backupEligible: key.backupEligible,
    },
    response: assertion,
    expected: { challenge, origin: party.config.origin.origin, rpId: relyingParty.id },
    rules: { allowSynced: environment === 'sandbox', checkCounter: false },
  });
  if (!verdict.ok) return refused(verdict.refusal);
  const before = challengeAt(party.database, key.id, verdict.signCount);
  return verdict.signCount !== 0 && before !== null && before !== challenge
    ? refused('counter-reused')
    : { ok: true, value: person };
}

export function openCodeDesk(party: Party): CodeDesk {
  const secret = randomBytes(32);
  const used = new Map<string, number>();
  const sealOf = (document: ShowCode): string =>
    createHmac('sha256', secret).update(taggedBytes(document)).digest('base64url');
  const isOwn = (document: ShowCode, seal: string): boolean => {
    const [wanted, given] = [Buffer.from(sealOf(document)), Buffer.from(seal)];
    return wanted.length === given.length && timingSafeEqual(wanted, given);
  };

  /** Forgets what could not be used again anyway. */
  const sweep = (now: number): void => {
    for (const [nonce, at] of used) if (now - at > LIFETIME) used.delete(nonce);
  };

  return {
    prepare(trust, person, of) {
      if (!isOfOwnGroup(party, trust, person)) return refused('code-of-another-party');
      const changed = isShown(party, of);
      if (changed) return refused(changed);
      const document: ShowCode = {
        type: 'countersign/show-code/v1',
        organisation: trust.roster.organisation,
        environment: trust.roster.environment,
        party: party.config.name,
        ...of,
        person: person.id,
        nonce: randomBytes(32).toString('base64url'),
        issuedAt: party.now().toISOString(),
      };
      return { ok: true, value: { document, seal: sealOf(document) } };
    },
    show(trust, signed) {
      const { document, seal } = signed;
      if (!isOwn(document, seal)) return refused('request-not-from-here');
      const now = party.now().getTime();
      const issued = Date.parse(document.issuedAt);
      if (now < issued || now - issued > LIFETIME) return refused('request-too-late');
      if (used.has(document.nonce)) return refused('request-used');
      const changed = isShown(party, document);
      if (changed) return refused(changed);
      const proven = prove(party, trust, signed);
      if (!proven.ok) return proven;
      sweep(now);
      if (used.size >= USED_MAX) return refused('too-many-tries');
      used.set(document.nonce, now);
      const { operation, intentDigest, attempt } = document;
      party.database.commit(() =>
        note(party, { event: 'code-shown', operation, digest: intentDigest }),
      );
      raiseRecordMark(party);
      const person = proven.value.id;
      const code = channelCodeFor(party.kek, { operation, intentDigest, person, attempt });
      return { ok: true, value: { person, operation, code } };
    },
  };
}
