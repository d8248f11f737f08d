/** What has happened to an operation and what is still to come, in order. Pure. */
import { decisionPast } from '#lib/operations/decision-words.ts';
import { spanText } from '#lib/operations/policy-words.ts';
import { withReason } from '#lib/operations/reason-labels.ts';
import type { OperationView } from '#lib/operations/view-operation.ts';
import type { StatementView } from '#lib/operations/view-statements.ts';
import type { StatusShape } from '../ui/status-mark.tsx';
import type { Tone } from '../ui/tone.ts';
import { actingText } from './acting-text.ts';
import { wordFor } from './counts.ts';

/** Id of the step that runs while parties wait. */
export const WAIT_STEP = 'wait';

export type TimelineStep = {
  id: string;
  /** ISO instant; null for what is still to come. */
  at: string | null;
  title: string;
  /** What stands beside the time: key, versions, slot. */
  facts: string[];
  shape: StatusShape;
  tone: Tone;
  statement: StatementView | null;
  txid: string | null;
  journal: string | null;
};

const plain = {
  shape: 'dot',
  tone: 'neutral',
  statement: null,
  txid: null,
  journal: null,
} as const;
const ending: ReadonlySet<StatementView['decision']> = new Set(['reject', 'cancel']);

function statementStep(statement: StatementView, view: OperationView): TimelineStep {
  const verb = decisionPast[statement.decision];
  const attempt = view.attempt > 1 ? [`attempt ${statement.attempt}`] : [];
  const key = `key “${statement.keyLabel}”${statement.sandboxKey ? ', sandbox' : ''}`;
  const { title } =
    statement.decision === 'raise' && statement.attempt > 1
      ? { title: `New attempt by ${statement.person}` }
      : {
          title: withReason(
            `${verb.charAt(0).toUpperCase()}${verb.slice(1)} by ${statement.person}`,
            statement.reason,
          ),
        };
  return {
    ...plain,
    id: `statement-${statement.id}`,
    at: statement.recordedAt,
    title,
    facts: [...(statement.standsInFor ? [actingText(statement)] : []), key, ...attempt],
    shape: ending.has(statement.decision) ? 'square' : 'dot',
    statement,
  };
}

function holdSteps({ hold, intent }: OperationView): TimelineStep[] {
  if (!hold || intent.kind !== 'withdrawal') return [];
  const what = hold.amounts.map(({ value, asset }) => `${value} ${asset}`).join(' and ');
  const placed: TimelineStep = {
    ...plain,
    id: 'hold',
    at: hold.placedAt,
    title: `Set aside ${what} of ${intent.client}`,
    facts: [],
  };
  if (hold.outcome === null || hold.outcome === 'posted') return [placed];
  return [
    placed,
    {
      ...plain,
      id: 'hold-end',
      at: hold.resolvedAt,
      title: `${what} free again for ${intent.client}`,
      facts: [],
      shape: 'square',
    },
  ];
}

function chainSteps({ transactions }: OperationView): TimelineStep[] {
  return transactions.flatMap((transaction, index) => {
    const step = (name: string, at: string | null, title: string): TimelineStep[] =>
      at === null
        ? []
        : [{ ...plain, id: `chain-${index}-${name}`, at, title, facts: [], txid: null }];
    const final = step('confirmed', transaction.confirmedAt, 'Final on the chain').map((entry) => ({
      ...entry,
      tone: 'good' as const,
      facts: transaction.ranIn === null ? [] : [transaction.ranIn],
      txid: transaction.txid,
    }));
    return [
      ...step('built', transaction.createdAt, 'Transaction built; it can take effect once only'),
      ...step('signed', transaction.signedAt, 'Signed by the parties'),
      ...step('broadcast', transaction.broadcastAt, 'Sent to the chain'),
      ...final,
    ];
  });
}

/** People that are still needed; the one who looks stands out. */
function openSteps(view: OperationView): TimelineStep[] {
  const isOpen = view.state === 'raised' || view.state === 'approved';
  const open = isOpen ? view.needs.filter((need) => need.stated < need.people) : [];
  const mine = view.actions.approve.allowed ? 'Approver' : 'Co-signer';
  const canState = view.actions.approve.allowed || view.actions.cosign.allowed;
  let isMarked = false;
  return open.map((need): TimelineStep => {
    const missing = need.people - need.stated;
    const isMine = canState && !isMarked && need.label.startsWith(mine);
    isMarked ||= isMine;
    const noun = missing > 1 ? need.label.replace(/^(Approver|Co-signer)/, '$1s') : need.label;
    const words = `${wordFor(missing)} ${noun.charAt(0).toLowerCase()}${noun.slice(1)}`;
    return {
      ...plain,
      id: `need-${need.label}`,
      at: null,
      title: words,
      facts: [isMine ? 'you can' : `not ${view.raisedBy.name}`],
      shape: 'ring',
      tone: isMine ? 'caution' : 'quiet',
    };
  });
}

/** The time that each party lets pass once every statement is there. */
function waitSteps({ waitSeconds, state, waitingUntil }: OperationView): TimelineStep[] {
  const isPast = !['raised', 'approved', 'cosigned', 'waiting'].includes(state);
  if (waitSeconds === 0 || isPast) return [];
  const isNow = waitingUntil !== null;
  return [
    {
      ...plain,
      id: WAIT_STEP,
      at: null,
      title: `Each party waits ${spanText(waitSeconds)}`,
      facts: ['until then anyone entitled can stop it'],
      shape: 'ring',
      tone: isNow ? 'caution' : 'quiet',
    },
  ];
}

function comingSteps(view: OperationView): TimelineStep[] {
  if (view.final || view.state === 'held') return [];
  const later = (id: string, title: string): TimelineStep => ({
    ...plain,
    id,
    at: null,
    title,
    facts: [],
    shape: 'ring',
    tone: 'quiet',
  });
  const wait = waitSteps(view);
  if (view.kind !== 'withdrawal' && view.kind !== 'vault-transfer')
    return [...wait, later('parties', lastOf(view.kind))];
  switch (view.state) {
    case 'signed':
      return [later('chain', 'Sent to the chain, then final')];
    case 'broadcast':
      return [later('final', 'Final on the chain, then posted')];
    default:
      return [...wait, later('signing', 'Signing, broadcast, final on the chain')];
  }
}

function stopStep({ stop, state }: OperationView): TimelineStep[] {
  if (!stop) return [];
  const title = state === 'held' ? 'Held' : state === 'failed' ? 'Failed' : 'Ended';
  return [
    {
      ...plain,
      id: 'stop',
      at: null,
      title: stop.party === null ? title : `${title} by party ${stop.party}`,
      facts: [stop.sentence],
      shape: state === 'expired' ? 'square' : 'triangle',
      tone: state === 'expired' ? 'quiet' : 'danger',
    },
  ];
}

/** What the parties do last, of kinds that end with them. */
function lastOf(kind: OperationView['kind']): string {
  switch (kind) {
    case 'proof-of-control':
      return 'Signed by the parties';
    case 'key-ceremony':
      return 'Key made by the parties';
    case 'key-refresh':
      return 'Key refreshed by the parties';
    case 'key-repair':
      return 'Share repaired by the parties';
    case 'key-backup':
      return 'Shares backed up by the parties';
    default:
      return 'Taken over by the parties';
  }
}

/** Past steps by their time, then what stopped it, then what is still to come. */
export function timelineSteps(view: OperationView): TimelineStep[] {
  const past = [
    ...view.statements.map((statement) => statementStep(statement, view)),
    ...holdSteps(view),
    ...chainSteps(view),
  ].toSorted((a, b) => Date.parse(a.at ?? '') - Date.parse(b.at ?? ''));
  const posted = view.journals.map(({ id, postedAt }): TimelineStep => ({
    ...plain,
    id: `journal-${id}`,
    at: postedAt,
    title: 'Posted in the ledger',
    facts: [],
    journal: id,
  }));
  const isDone =
    view.state === 'done'
      ? [
          {
            ...plain,
            id: 'done',
            at: null,
            title: lastOf(view.kind),
            facts: [],
            tone: 'good' as const,
          },
        ]
      : [];
  return [
    ...past,
    ...posted,
    ...isDone,
    ...stopStep(view),
    ...openSteps(view),
    ...comingSteps(view),
  ];
}
