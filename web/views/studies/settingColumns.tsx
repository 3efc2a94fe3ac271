/** What any study of drawn days says of a setting: its saving with the interval, and how far it is from the first on the same draws. */
import type { Estimate } from '../../../study/index.ts'
import type { Formats } from '../../format.ts'
import type { Dictionary } from '../../i18n/ko.ts'
import { inPoints } from './figures.tsx'
import type { Column } from './Ledger.tsx'

interface Said {
  readonly setting: string
  readonly saving: Readonly<Record<'B1', Estimate>>
  readonly difference: Estimate | null
}

/** The ends of an interval in a table, whose head says that it is one. */
export const endsOf = ({ interval }: Estimate, show: (value: number) => string): string =>
  interval?.map((end) => show(end)).join(' ~ ') ?? '–'

export function settingColumns(
  t: Dictionary,
  f: Formats,
  nameOf: (setting: string) => string,
): [Column<Said>, ...Column<Said>[]] {
  const words = t.study.pickup
  return [
    { head: words.setting, of: ({ setting }) => nameOf(setting) },
    { head: 'B1', of: ({ saving }) => <b>{f.share(saving.B1.value)}</b> },
    { head: t.study.ninetyFive, of: ({ saving }) => <span className="muted">{endsOf(saving.B1, f.share)}</span> },
    {
      head: `${words.difference} (${words.points})`,
      of: ({ difference }) => (
        <>
          {difference ? inPoints(difference.value) : '–'}
          {difference?.interval && <span className="muted small"> ({endsOf(difference, inPoints)})</span>}
        </>
      ),
    },
  ]
}
