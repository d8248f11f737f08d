import { expect, it } from 'vitest';
import { requireSandbox } from './sandbox-drill.ts';

it.each(['signer-loss', 'console-loss'] as const)(
  'the drill %s is refused in production, with what people do there',
  (kind) => {
    expect(() => requireSandbox({ mode: 'production' }, kind)).toThrow(
      /runs in a sandbox only; COUNTERSIGN_MODE is "production"\. There, people drill it by docs\/continuity\.md/u,
    );
    expect(() => requireSandbox({ mode: 'sandbox' }, kind)).not.toThrow();
  },
);
