/** The colleagues together: who is free to take a step on an operation, and the steps they take. */
import type { Context } from '#lib/platform/context.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import type { Submitted } from '#lib/operations/submit-statement.ts';
import { loadStanding } from '#lib/operations/load-standing.ts';
import { findDecisionRefusal, openNeeds } from '#lib/operations/standing.ts';
import {
  decideAs,
  raiseAdmission,
  signInColleague,
  type ColleagueDecision,
  type WorkingColleague,
} from './colleague.ts';
import { loadKeyRing, type KeyRingEntry } from './key-ring.ts';

export class Team {
  readonly #entries: readonly KeyRingEntry[];
  readonly #context: Context;

  constructor(entries: readonly KeyRingEntry[], context: Context) {
    this.#entries = entries;
    this.#context = context;
  }

  static async load(path: string, context: Context): Promise<Team> {
    return new Team(await loadKeyRing(path), context);
  }

  get handles(): string[] {
    return this.#entries.map((entry) => entry.handle);
  }

  /** Signs a colleague in. Sessions are short and cheap, so each act takes a new one. */
  async signIn(handle: string): Promise<WorkingColleague> {
    const entry = this.#entries.find((candidate) => candidate.handle === handle);
    if (!entry)
      throw new Error(`There is no colleague ${handle}. There are: ${this.handles.join(', ')}.`);
    return signInColleague(entry, this.#context);
  }

  /** The first colleague who may make this decision takes it, or `handle` when one is named. */
  async decide(
    operation: string,
    wanted: ColleagueDecision,
    handle?: string,
  ): Promise<Result<Submitted>> {
    const loaded = await loadStanding(this.#context.db, operation);
    if (!loaded) return refuse('operation-unknown', 'There is no such operation.');
    let refusal: Result<Submitted> = refuse(
      'no-colleague',
      'No sample colleague is free to do this.',
    );
    for (const entry of this.#entries.filter(
      (candidate) => handle === undefined || candidate.handle === handle,
    )) {
      const colleague = await signInColleague(entry, this.#context);
      const refused = findDecisionRefusal(
        loaded.standing,
        colleague.actor,
        wanted.decision,
        this.#context.clock(),
      );
      if (!refused) return decideAs(colleague, operation, wanted, this.#context);
      refusal = refused;
    }
    return refusal;
  }

  /** Takes every open step of an operation: approvals first, then co-signatures. */
  async carry(operation: string): Promise<Result<Submitted>> {
    let last: Result<Submitted> = refuse('nothing-open', 'Nothing is open on this operation.');
    for (;;) {
      const loaded = await loadStanding(this.#context.db, operation);
      const open = loaded && openNeeds(loaded.standing).find((need) => need.stated < need.people);
      if (!open || !['raised', 'approved'].includes(loaded.standing.state)) return last;
      last = await this.decide(operation, { decision: open.decision });
      if (!last.ok) return last;
    }
  }

  /** Admits one person who waits with registered keys. */
  async admit(operator: string): Promise<Result<Submitted>> {
    const raised = await raiseAdmission(await this.signIn('ada'), operator, this.#context);
    return raised.ok ? this.carry(raised.value.operation) : raised;
  }
}
