/** Tables of a study over many complexes: how far each is and what it says, and what each setting comes to over all. */
import type { StudyPart } from '../../../server/api.ts'
import type { NationalResult, NationalStudy, StudySource } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { formatAddress } from '../../state/address.ts'
import { Won } from '../parts.tsx'
import { ChartCard } from './ChartCard.tsx'
import { Ledger } from './Ledger.tsx'
import { StateChip } from './StudyList.tsx'
import { endsOf, settingColumns } from './settingColumns.tsx'

interface ByComplexProps {
  readonly study: NationalStudy
  readonly rows: readonly {
    readonly part: StudyPart
    readonly says: NationalResult['complexes'][number]['settings'][number] | undefined
  }[]
  readonly sources: readonly StudySource[]
}

export function ByComplex({ study, rows, sources }: ByComplexProps) {
  const { t, f, language } = useWords()
  const words = t.national
  const { columns } = words
  const none = <span className="faint">–</span>
  const over = rows.filter(({ part }) => part.state === 'done').length
  return (
    <ChartCard
      study={study}
      sources={sources}
      drawn={false}
      title={words.byComplex}
      note={words.byComplexNote(f.whole(over), f.whole(rows.length))}
      sheet={{
        columns: [
          columns.complex,
          columns.state,
          columns.done,
          columns.all,
          'B1',
          'B1 low',
          'B1 high',
          'B2',
          columns.year,
          columns['year low'],
          columns['year high'],
          columns.error,
        ],
        rows: rows.map(({ part, says }) => [
          part.name[language],
          t.study.states[part.state],
          part.done,
          part.all,
          says?.saving.B1.value ?? null,
          says?.saving.B1.interval?.[0] ?? null,
          says?.saving.B1.interval?.[1] ?? null,
          says?.saving.B2.value ?? null,
          says?.yearKrw.value ?? null,
          says?.yearKrw.interval?.[0] ?? null,
          says?.yearKrw.interval?.[1] ?? null,
          part.why?.[language] ?? part.error ?? null,
        ]),
      }}
    >
      <Ledger
        label={words.byComplex}
        className="national-table"
        rows={rows}
        idOf={({ part }) => part.id}
        columns={[
          {
            head: words.complex,
            of: ({ part }) => (
              <a href={formatAddress({ screen: 'study', date: undefined, view: part.id })} title={words.open}>
                {part.name[language]}
              </a>
            ),
          },
          { head: 'B1', of: ({ says }) => (says ? <b>{f.share(says.saving.B1.value)}</b> : none) },
          {
            head: t.study.ninetyFive,
            of: ({ says }) => <span className="muted">{says ? endsOf(says.saving.B1, f.share) : '–'}</span>,
          },
          { head: words.yearShort, of: ({ says }) => (says ? <Won krw={says.yearKrw.value} /> : none) },
          {
            head: words.progress,
            of: ({ part }) => (
              <span className="national-progress">
                {part.state !== 'done' && part.state !== 'running' && <StateChip state={part.state} />}
                <progress value={part.done} max={part.all} aria-label={part.name[language]} />
                <span className="small muted">
                  {f.whole(part.done)} / {f.whole(part.all)}
                </span>
              </span>
            ),
          },
        ]}
      />
    </ChartCard>
  )
}

interface BySettingProps {
  readonly study: NationalStudy
  readonly all: NationalResult['all']
  readonly sources: readonly StudySource[]
}

/** What each setting comes to over all complexes, against the first on the same draws. */
export function BySetting({ study, all, sources }: BySettingProps) {
  const { t, f, language } = useWords()
  const nameOf = (id: string) => study.settings.find((setting) => setting.id === id)?.name[language] ?? id
  return (
    <ChartCard
      study={study}
      sources={sources}
      drawn={false}
      title={t.national.settings}
      sheet={{
        columns: [
          'setting',
          'B1',
          'B1 low',
          'B1 high',
          'B2',
          'B0',
          'difference',
          'low',
          'high',
          t.national.columns.year,
        ],
        rows: all.map(({ setting, saving, difference, yearKrw }) => [
          nameOf(setting),
          saving.B1.value,
          saving.B1.interval?.[0] ?? null,
          saving.B1.interval?.[1] ?? null,
          saving.B2.value,
          saving.B0.value,
          difference?.value ?? null,
          difference?.interval?.[0] ?? null,
          difference?.interval?.[1] ?? null,
          yearKrw.value,
        ]),
      }}
    >
      <Ledger
        label={t.national.settings}
        rows={all}
        idOf={({ setting }) => setting}
        columns={[
          ...settingColumns(t, f, nameOf),
          { head: t.national.yearShort, of: ({ yearKrw }) => <Won krw={yearKrw.value} /> },
        ]}
      />
    </ChartCard>
  )
}
