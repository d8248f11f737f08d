import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountingYear, costsOf, yearlyEstimate, type CostLine } from './yearly-costs.ts';

const line = (incident: string, year: number, gross: bigint, recoveries = 0n): CostLine => ({
  incident,
  year,
  gross,
  recoveries,
});

describe('the yearly estimate', () => {
  const incidents = [
    { id: 'INC-3', finalReportYear: 2026 },
    { id: 'INC-1', finalReportYear: 2025 },
    { id: 'INC-2', finalReportYear: null },
    { id: 'INC-4', finalReportYear: 2024 },
  ];
  const lines = [
    line('INC-1', 2025, 10_000n),
    line('INC-1', 2026, 500n, 2_000n),
    line('INC-2', 2026, 3_000n),
    line('INC-2', 2026, 1n, 1n),
    line('INC-9', 2026, 77_777n),
  ];

  it('has incidents with a final report in the year, and those with costs booked in it', () => {
    expect(yearlyEstimate(incidents, lines, 2026)).toEqual({
      year: 2026,
      rows: [
        { incident: 'INC-1', gross: 500n, recoveries: 2_000n, net: -1_500n },
        { incident: 'INC-2', gross: 3_001n, recoveries: 1n, net: 3_000n },
        { incident: 'INC-3', gross: 0n, recoveries: 0n, net: 0n },
      ],
      gross: 3_501n,
      recoveries: 2_001n,
      net: 1_500n,
    });
  });

  it('of a year without any is nothing', () => {
    expect(yearlyEstimate(incidents, lines, 2023)).toEqual({
      year: 2023,
      rows: [],
      gross: 0n,
      recoveries: 0n,
      net: 0n,
    });
  });

  it('over all years adds up to what the incidents cost, to the cent', () => {
    const anyLine = fc.record({
      incident: fc.constantFrom('INC-1', 'INC-2', 'INC-3', 'INC-4'),
      year: fc.integer({ min: 2024, max: 2027 }),
      gross: fc.bigInt(0n, 10n ** 20n),
      recoveries: fc.bigInt(0n, 10n ** 20n),
    });
    fc.assert(
      fc.property(fc.array(anyLine), (all) => {
        const years = [2024, 2025, 2026, 2027].map((year) => yearlyEstimate(incidents, all, year));
        const net = years.reduce((total, year) => total + year.net, 0n);
        const own = incidents.reduce((total, { id }) => total + costsOf(all, id).net, 0n);
        expect(net).toBe(own);
        for (const { rows, gross, recoveries, net: total } of years) {
          expect(rows.reduce((sum, row) => sum + row.net, 0n)).toBe(total);
          expect(gross - recoveries).toBe(total);
        }
      }),
    );
  });

  it('knows accounting years that don’t begin in January', () => {
    expect(accountingYear('2026-03-31', 4)).toBe(2025);
    expect(accountingYear('2026-04-01', 4)).toBe(2026);
    expect(accountingYear('2026-01-01', 1)).toBe(2026);
  });
});
