/** A colleague who keeps records of resilience and of data protection, through the use case that a person saves with. */
import { openTexts } from '#lib/audit/sealed-text.ts';
import type { Kind } from '#lib/resilience/records/kinds.ts';
import { saveRecord } from '#lib/resilience/records/save-record.ts';
import type { Team } from '../../colleagues/team.ts';
import { done } from '../sample-times.ts';
import type { LoggedContext } from '../seed-context.ts';

export type Texts = Readonly<Record<string, string>>;

/** One version: who writes it and what it says. */
export type Version = { by?: string; facts: object; texts?: Texts };

export class Keeper {
  readonly #team: Team;
  readonly context: LoggedContext;
  readonly #people: ReadonlyMap<string, string>;

  private constructor(team: Team, context: LoggedContext, people: ReadonlyMap<string, string>) {
    this.#team = team;
    this.context = context;
    this.#people = people;
  }

  static async of(team: Team, context: LoggedContext): Promise<Keeper> {
    const members = await team.members();
    return new Keeper(
      team,
      context,
      new Map(members.map(({ handle, operatorId }) => [handle, operatorId])),
    );
  }

  /** Id of a colleague. @throws for a handle that nobody has. */
  person(handle: string): string {
    const id = this.#people.get(handle);
    if (id === undefined) throw new Error(`There is no colleague ${handle}.`);
    return id;
  }

  /**
   * Saves a record with its versions, or finds it from a start that was cut off.
   * @param name what it is called by: its reference, or its title where it has none.
   * @returns its id.
   */
  async keep(kind: Kind, name: string, versions: readonly Version[]): Promise<string> {
    const found = await this.#find(kind, name);
    if (found !== null) return found;
    let saved: { id: string; version: number } | null = null;
    for (const { by = 'ada', facts, texts = {} } of versions) {
      const { actor } = await this.#team.signIn(by);
      const input: object = {
        kind,
        id: saved?.id ?? null,
        seen: saved?.version ?? 0,
        facts,
        texts,
      };
      saved = done(await saveRecord(actor, input, this.context));
    }
    if (saved === null) throw new Error(`${name} has no version.`);
    return saved.id;
  }

  async #find(kind: Kind, name: string): Promise<string | null> {
    const { db } = this.context;
    const byRef = await db.resilienceCurrent.findUnique({
      where: { kind_ref: { kind, ref: name } },
      select: { recordId: true },
    });
    if (byRef) return byRef.recordId;
    const titles = await db.resilienceText.findMany({
      where: { field: { in: ['title', 'name'] }, of: { record: { kind } } },
    });
    const texts = await openTexts('resilience_text', titles);
    return titles[texts.indexOf(name)]?.recordId ?? null;
  }
}
