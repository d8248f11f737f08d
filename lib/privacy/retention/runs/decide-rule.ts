/** Somebody who decides approves with their key that a rule acts on what its report says, or stops it. */
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import { askKeyPress, type KeyPressRequest } from '#lib/identity/ask-key-press.ts';
import { newNonce } from '#lib/identity/challenges.ts';
import { readKeyPress, takeKeyPress } from '#lib/identity/take-key-press.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf } from '#lib/platform/days.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { lacksDeciding } from '../holds/act-on-hold.ts';
import { retentionTopic } from '../holds/append-hold-event.ts';
import { isRunCode, type RunCode } from '../schedule.ts';
import { standingOfRule } from './load-report.ts';
import { retentionStatement, ruleDecisions, type RuleDecision } from './retention-statement.ts';
import { ruleVersion } from './rule-version.ts';
import type { Skipped } from './skips.ts';

const form = z.strictObject({
  run: z.uuid('This run is not known.').toLowerCase(),
  rule: z.string().refine(isRunCode, 'This rule is not known.'),
  decision: z.enum(ruleDecisions),
});

type Asked = { run: string; rule: string; decision: RuleDecision };
type Decidable = {
  run: string;
  number: string;
  rule: RunCode;
  version: string;
  due: number;
  skipped: Skipped;
  oldest: string | null;
  newest: string | null;
};

const reportUnknown = (): Refused<'report-unknown'> =>
  refuse('report-unknown', 'There is no such report.');

/** The report as it was; only the newest of its rule is decided on, and only once. */
async function findDecidable(
  tx: Tx,
  actor: Actor,
  { run, rule, decision }: Asked,
): Promise<Result<Decidable>> {
  const refused = lacksDeciding(actor);
  if (refused) return refused;
  if (!isRunCode(rule)) return reportUnknown();
  await lockNamed(tx, `retention rule ${rule}`);
  const report = await tx.retentionReport.findUnique({
    where: { runId_rule: { runId: run, rule } },
    include: { run: { select: { number: true, kind: true } } },
  });
  if (report?.run.kind !== 'nightly' || report.endedAt === null) return reportUnknown();
  const newer = await tx.retentionReport.count({
    where: { rule, endedAt: { gt: report.endedAt }, run: { kind: 'nightly' } },
  });
  if (newer > 0 || report.version !== ruleVersion(rule))
    return refuse('report-old', 'There is a newer report by this rule. Decide on that one.');
  const standing = await standingOfRule(tx, rule, report.version);
  const known = await tx.retentionDecision.count({ where: { runId: run, rule, decision } });
  const fits =
    decision === 'approved'
      ? report.outcome === 'waits' || report.outcome === 'asks'
      : standing.isApproved;
  if (!fits || known > 0)
    return refuse('not-now', 'Nothing about this report waits for that. Load the page again.');
  const { number } = report.run;
  return ok({
    run,
    number,
    rule,
    version: report.version,
    due: report.due,
    skipped: report.skipped as Skipped,
    oldest: report.oldest && dayOf(report.oldest),
    newest: report.newest && dayOf(report.newest),
  });
}

/** Gives out the statement to sign; nothing happens until it comes back signed. */
export async function prepareRuleDecision(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<KeyPressRequest>> {
  const read = readForm(form, input);
  if (!read.ok) return read;
  const asked = read.form;
  const found = await inTransaction(context.db, (tx) => findDecidable(tx, actor, asked));
  if (!found.ok) return found;
  const statement = {
    type: 'countersign/retention-statement/v1',
    organisation: context.settings.organisation,
    environment: context.settings.mode,
    decision: asked.decision,
    ...found.value,
    person: actor.personId,
    nonce: newNonce(),
    issuedAt: context.clock().toISOString(),
  } as const;
  return askKeyPress(actor, { purpose: 'retention', statement }, context);
}

/** Takes what was signed, checks the report again and keeps both. The challenge is spent whatever the outcome. */
export async function submitRuleDecision(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<null>> {
  const read = readKeyPress(input);
  if (!read.ok) return read;
  const at = context.clock();
  return inTransaction(context.db, async (tx) => {
    const press = await takeKeyPress(
      tx,
      actor,
      { ...read.value, purpose: 'retention' },
      at,
      context,
    );
    if (!press.ok) return press;
    const { document, assertion } = press.value;
    const signed = retentionStatement.parse(JSON.parse(document));
    const found = await findDecidable(tx, actor, signed);
    if (!found.ok) return found;
    const { run, number, rule, version, due } = found.value;
    if (version !== signed.version || due !== signed.due) return reportUnknown();
    await tx.retentionDecision.create({
      data: {
        runId: run,
        rule,
        decision: signed.decision,
        version,
        upTo: due,
        actor: actor.personId,
        at,
        document,
        assertion: asJson(assertion),
        credentialId: assertion.id,
      },
      select: { rule: true },
    });
    await appendAudit(tx, {
      kind: 'retention-decided',
      subject: number,
      actor: actor.personId,
      at,
      facts: { rule, decision: signed.decision, due },
    });
    await publish(tx, { topic: retentionTopic, id: run });
    return ok(null);
  });
}
