/** Economic effect, from what a pickup study and an appraisal say of a complex. */
import { type Table, vary, worthOf } from '../appraisal/appraisal.ts'
import type { Appraisal } from '../appraisal/schema.ts'
import type { Estimate } from '../pickup/estimates.ts'
import type { SettingResult } from '../pickup/summary.ts'
import { sourcesOf } from '../sources.ts'
import { computed, given, missing, rangeOf } from './figure.ts'
import type { Known, Source } from './indicators.ts'
import { type ComplexEntry, type Fact, SHARES } from './schema.ts'
import { quotient, within } from './statistics.ts'

/** As preliminary feasibility studies turn them: benefits and costs by 20 %, the rate by a point. */
const TURNS = { amounts: [0.8, 1, 1.2], rates: [-0.01, 0, 0.01] } as const

export function economyOf({
  saving,
  appraisal,
}: Pick<ComplexEntry, 'saving' | 'appraisal'>): Record<
  'savingShare' | 'krwPerTonne' | 'npvKrw' | 'bc' | 'paybackYears',
  Known
> {
  const { share, yearKrw, tonnesPerYear } = saving ?? {}
  const perTonne =
    yearKrw && tonnesPerYear && rangeOf(tonnesPerYear).low > 0
      ? quotient(rangeOf(yearKrw), rangeOf(tonnesPerYear))
      : null
  return {
    savingShare: given(share, 'pickupStudy'),
    krwPerTonne: computed(perTonne, [yearKrw?.note, tonnesPerYear?.note], 'pickupStudy'),
    ...(appraisal
      ? appraised(appraisal)
      : { npvKrw: missing('appraisal'), bc: missing('appraisal'), paybackYears: missing('appraisal') }),
  }
}

type Worth = Omit<Table, 'irr'>

/** Of the economic table without a price of carbon: grants and taxes only change hands. */
function appraised(appraisal: Appraisal): Record<'npvKrw' | 'bc' | 'paybackYears', Known> {
  const notes = sourcesOf(appraisal)
  const from = notes.length > 0 ? notes.map(({ path: _, ...note }) => note) : [undefined]
  const tableOf = (turned: Appraisal): Worth => worthOf(turned, 'economic', 0)
  const base = tableOf(appraisal)
  const turned = TURNS.amounts.flatMap((benefits) =>
    TURNS.amounts.flatMap((costs) =>
      TURNS.rates.map((points) =>
        tableOf(vary(appraisal, { benefits, costs, rate: Math.max(0, appraisal.rate + points) })),
      ),
    ),
  )
  const figure = (of: (table: Worth) => number | null, never: number | null): Known => {
    const value = of(base)
    if (value === null) return never === null ? missing('appraisal') : missing('never', never)
    const values = turned.flatMap((table) => of(table) ?? never ?? [])
    return computed({ low: Math.min(...values), value, high: Math.max(...values) }, from, 'appraisal')
  }
  return {
    npvKrw: figure(({ npvKrw }) => npvKrw, null),
    bc: figure(({ bc }) => bc, null),
    // a range is cut off at the years that were looked at
    paybackYears: figure(({ paybackYears }) => paybackYears, appraisal.years),
  }
}

const factWithin = (fact: Fact, [least, most]: readonly [number, number]): Fact => ({
  ...fact,
  ...within(rangeOf(fact), least, most),
})

/** The economic effect of an entry from a setting of a pickup study; tonnes by the mean of its drawn days. */
export function savingOf(
  { saving, yearKrw, weightKg }: SettingResult,
  workingDaysPerYear: number,
  note: Source,
): NonNullable<ComplexEntry['saving']> {
  const fact = ({ value, interval }: Estimate): Fact => ({
    value,
    ...(interval && { low: interval[0], high: interval[1] }),
    note,
  })
  return {
    // of few days an interval reaches beyond what can be
    share: factWithin(fact(saving.B1), SHARES),
    yearKrw: fact(yearKrw),
    tonnesPerYear: { value: (weightKg / 1000) * workingDaysPerYear, note },
  }
}
