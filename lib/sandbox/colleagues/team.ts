/** The colleagues together: who is free to take a step on an operation, and the steps they take. */
import { scopesOf } from '#lib/identity/roles.ts';
import { listQueue, waitsFor } from '#lib/operations/list-operations.ts';
import { channelParty } from '#lib/operations/channel-party.ts';
import { loadStanding, type LoadedStanding } from '#lib/operations/load-standing.ts';
import { seatAt } from '#lib/operations/seats.ts';
import { loadTrust } from '#lib/operations/trust.ts';
import { openNeeds } from '#lib/operations/standing.ts';
import type { GuestLink } from '#lib/operations/ask-invitation.ts';
import type { GuestSeat } from '#lib/operations/guest-seats.ts';
import type { Submitted } from '#lib/operations/submit-statement.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { chooseColleague, type Candidate } from './choose-colleague.ts';
import {
  decideAs,
  raiseAdmission,
  signInColleague,
  type ColleagueDecision,
  type WorkingColleague,
} from './colleague.ts';
import { resolveSession } from '#lib/identity/sessions.ts';
import { inviteGuest } from './invite-guest.ts';
import { readCodeAs } from './read-code.ts';
import { loadKeyRing, type KeyRingEntry } from './key-ring.ts';
import type { Acted, Member, OpenOperation } from './messages.ts';

const unknownOperation = () => refuse('operation-unknown', 'There is no such operation.');

export type PartyOrigins = ReadonlyMap<string, string>;
type Recorded = Member & { operatorId: string };

export class Team {
  readonly #entries: readonly KeyRingEntry[];
  readonly #context: Context;
  readonly #origins: PartyOrigins;
  readonly #signedIn = new Map<string, WorkingColleague>();

  /** @param origins where the parties have their own pages, by their names. */
  constructor(
    entries: readonly KeyRingEntry[],
    context: Context,
    origins: PartyOrigins = new Map(),
  ) {
    this.#entries = entries;
    this.#context = context;
    this.#origins = origins;
  }

  static async load(path: string, context: Context, origins: PartyOrigins): Promise<Team> {
    return new Team(await loadKeyRing(path), context, origins);
  }

  get handles(): string[] {
    return this.#entries.map((entry) => entry.handle);
  }

  /** Signs a colleague in, unless a session from an earlier act is open still. */
  async signIn(handle: string): Promise<WorkingColleague> {
    const before = this.#signedIn.get(handle);
    const actor = before && (await resolveSession(before.sessionToken, this.#context));
    if (before && actor) return { ...before, actor };
    const entry = this.#entries.find((candidate) => candidate.handle === handle);
    if (!entry)
      throw new Error(`There is no colleague ${handle}. There are: ${this.handles.join(', ')}.`);
    const colleague = await signInColleague(entry, this.#context);
    this.#signedIn.set(handle, colleague);
    return colleague;
  }

  /** Who the colleagues are, as the console has them on record. */
  async members(): Promise<Recorded[]> {
    const rows = await this.#context.db.operator.findMany({
      where: { id: { in: this.#entries.map(({ operatorId }) => operatorId) } },
    });
    const nameOf = await operatorNames(this.#context.db);
    return this.#entries.flatMap(({ handle, operatorId }) => {
      const row = rows.find(({ id }) => id === operatorId);
      if (!row) return [];
      const { roles, group, status } = row;
      return [{ operatorId, handle, name: nameOf(operatorId), roles, group, status }];
    });
  }

  /** What is not at an end yet, as a colleague reads it in the queue. */
  async open(): Promise<Result<OpenOperation[]>> {
    const reader = (await this.members()).find(({ status }) => status === 'active');
    if (!reader) return refuse('no-colleague', 'No sample colleague is in the roster yet.');
    return listQueue((await this.signIn(reader.handle)).actor, this.#context);
  }

  /** Those who may act: everybody in the roster, or `handle` alone. */
  async #candidates(handle?: string): Promise<Result<(Candidate & { name: string })[]>> {
    if (handle !== undefined && !this.handles.includes(handle))
      return refuse(
        'no-colleague',
        `There is no sample colleague ${handle}. There are: ${this.handles.join(', ')}.`,
      );
    const asked = (await this.members()).filter((one) => !handle || one.handle === handle);
    const active = asked.filter(({ status }) => status === 'active');
    if (active.length === 0)
      return refuse('no-colleague', 'Nobody who was asked is in the roster now.');
    return ok(
      active.map(({ operatorId, handle: own, name, roles }) => ({
        personId: operatorId,
        handle: own,
        name,
        scopes: scopesOf(roles),
      })),
    );
  }

  /** The first colleague who may make this decision takes it, or `handle` when one is named. */
  async decide(
    operation: string,
    wanted: ColleagueDecision,
    handle?: string,
  ): Promise<Result<Acted>> {
    const loaded = await loadStanding(this.#context.db, operation, this.#context.clock());
    if (!loaded) return unknownOperation();
    const candidates = await this.#candidates(handle);
    if (!candidates.ok) return candidates;
    const now = this.#context.clock();
    const chosen = chooseColleague(loaded.standing, candidates.value, wanted.decision, now);
    if (!chosen.ok) return chosen;
    const colleague = await this.signIn(chosen.value.handle);
    const full = await this.#withCode(colleague, loaded, wanted);
    if (!full.ok) return full;
    const submitted = await decideAs(colleague, operation, full.value, this.#context);
    if (!submitted.ok) return submitted;
    const after = await loadStanding(this.#context.db, operation, this.#context.clock());
    return ok({
      ...submitted.value,
      waitsFor: after ? waitsFor(after.standing, after.row.stopSentence) : '',
      by: { handle: chosen.value.handle, name: chosen.value.name },
    });
  }

  /** With the code that the party of the colleague's group shows them, where a yes needs it. */
  async #withCode(
    { entry, actor }: WorkingColleague,
    { row, standing }: LoadedStanding,
    wanted: ColleagueDecision,
  ): Promise<Result<ColleagueDecision>> {
    const { decision } = wanted;
    const isYes = decision === 'approve' || decision === 'cosign';
    if (!isYes || !standing.secondChannel) return ok(wanted);
    const trust = await loadTrust(this.#context.db);
    const { group } = seatAt(standing.roster, actor.personId, this.#context.clock().getTime());
    const party = trust && channelParty(trust.roster, group);
    const origin = party && this.#origins.get(party);
    if (!origin)
      return refuse('party-unknown', 'It is not known here where the party has its pages.');
    const { id: operation, digest: intentDigest, attempt } = row;
    const code = await readCodeAs(entry, origin, { operation, intentDigest, attempt });
    return code.ok ? ok({ decision, channelCode: code.value }) : code;
  }

  /** The same for an operation by its number or its id. */
  async decideOn(name: string, wanted: ColleagueDecision, handle?: string): Promise<Result<Acted>> {
    if (!/^[A-Z]{2}-/.test(name)) return this.decide(name, wanted, handle);
    const row = await this.#context.db.operation.findUnique({
      where: { number: name },
      select: { id: true },
    });
    return row ? this.decide(row.id, wanted, handle) : unknownOperation();
  }

  /** Takes every open step of an operation: approvals first, then co-signatures. */
  async carry(operation: string): Promise<Result<Submitted>> {
    let last: Result<Submitted> = refuse('nothing-open', 'Nothing is open on this operation.');
    for (;;) {
      const loaded = await loadStanding(this.#context.db, operation, this.#context.clock());
      const open = loaded && openNeeds(loaded.standing).find((need) => need.stated < need.people);
      if (!open || !['raised', 'approved'].includes(loaded.standing.state)) return last;
      last = await this.decide(operation, { decision: open.decision });
      if (!last.ok) return last;
    }
  }

  /** The administrator among them invites a guest. */
  async inviteGuest(seat: GuestSeat): Promise<Result<GuestLink>> {
    return inviteGuest(await this.signIn('ada'), seat, this.#context);
  }

  /** Admits one person who waits with registered keys. */
  async admit(operator: string): Promise<Result<Submitted>> {
    const raised = await raiseAdmission(await this.signIn('ada'), operator, this.#context);
    return raised.ok ? this.carry(raised.value.operation) : raised;
  }
}
