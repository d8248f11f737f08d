/** Account states by slot, so that reads at an older commitment see the older state. */

export type AccountState = {
  lamports: bigint;
  owner: string;
  data: Uint8Array;
  executable: boolean;
};

type Version = { slot: number; state: AccountState | null };

export class AccountVersions {
  readonly #versions = new Map<string, Version[]>();

  /** @returns undefined when the sandbox never changed it, null when it doesn't exist at that slot. */
  read(address: string, slot: number): AccountState | null | undefined {
    return this.#versions.get(address)?.findLast((version) => version.slot <= slot)?.state;
  }

  /**
   * @param before the state ahead of the first change, for readers of older slots.
   * @param finalized slot whose readers are the oldest there can be.
   */
  write(
    address: string,
    slot: number,
    before: AccountState | null,
    state: AccountState | null,
    finalized: number,
  ): void {
    const versions = this.#versions.get(address) ?? [{ slot: -1, state: before }];
    if (versions.at(-1)?.slot === slot) versions.pop();
    versions.push({ slot, state });
    const oldestNeeded = versions.findLastIndex((version) => version.slot <= finalized);
    this.#versions.set(address, versions.slice(Math.max(0, oldestNeeded)));
  }

  /** Newest state of every account the sandbox changed. */
  *newest(): Generator<[string, AccountState | null]> {
    for (const [address, versions] of this.#versions)
      yield [address, versions.at(-1)?.state ?? null];
  }
}
