import type { Context } from '#lib/platform/context.ts';
import type { TimedKind } from '#lib/protocol/intent-kinds.ts';
import type { Policy } from '#lib/protocol/policy.ts';

/** What every intent of this console says; it lasts as long as statements of its kind do. */
export const intentBase = <K extends TimedKind>(
  of: { operation: string; kind: K; policy: Policy },
  { settings, clock }: Pick<Context, 'settings' | 'clock'>,
) =>
  ({
    type: 'countersign/intent/v1',
    organisation: settings.organisation,
    environment: settings.mode,
    operation: of.operation,
    notAfter: new Date(clock().getTime() + of.policy.lifetimes[of.kind] * 1000).toISOString(),
    kind: of.kind,
  }) as const;
