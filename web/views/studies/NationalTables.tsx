/** Tables of a study over many complexes: how far each is and what it says, and what each setting comes to over all. */
import type { StudyPart } from '../../../server/api.ts'
import type { NationalResult, NationalStudy, StudySource } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { formatAddress } from '../../state/address.ts'
import { TableScroll, Won } from '../parts.tsx'
import { ChartCard } from './ChartCard.tsx'
import { inPoints } from './figures.tsx'
import { StateChip } from './StudyList.tsx'

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
          part.error ?? null,
        ]),
      }}
    >
      <TableScroll label={words.byComplex} className="national-table">
        <table className="ledger">
          <thead>
            <tr>
              <th scope="col">{words.complex}</th>
              <th scope="col">B1</th>
              <th scope="col">95 %</th>
              <th scope="col">{words.yearShort}</th>
              <th scope="col">{words.progress}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ part, says }) => (
              <tr key={part.id}>
                <th scope="row">
                  <a href={formatAddress({ screen: 'study', date: undefined, view: part.id })} title={words.open}>
                    {part.name[language]}
                  </a>
                </th>
                <td>{says ? <b>{f.share(says.saving.B1.value)}</b> : <span className="faint">–</span>}</td>
                <td className="muted">{says?.saving.B1.interval?.map((share) => f.share(share)).join(' ~ ') ?? '–'}</td>
                <td>{says ? <Won krw={says.yearKrw.value} /> : <span className="faint">–</span>}</td>
                <td>
                  <span className="national-progress">
                    {part.state !== 'done' && part.state !== 'running' && <StateChip state={part.state} />}
                    <progress value={part.done} max={part.all} aria-label={part.name[language]} />
                    <span className="small muted">
                      {f.whole(part.done)} / {f.whole(part.all)}
                    </span>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
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
  const words = t.study.pickup
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
      <TableScroll label={t.national.settings}>
        <table className="ledger">
          <thead>
            <tr>
              <th scope="col">{words.setting}</th>
              <th scope="col">B1</th>
              <th scope="col">95 %</th>
              <th scope="col">
                {words.difference} ({words.points})
              </th>
              <th scope="col">{t.national.yearShort}</th>
            </tr>
          </thead>
          <tbody>
            {all.map(({ setting, saving, difference, yearKrw }) => (
              <tr key={setting}>
                <th scope="row">{nameOf(setting)}</th>
                <td>
                  <b>{f.share(saving.B1.value)}</b>
                </td>
                <td className="muted">{saving.B1.interval?.map((share) => f.share(share)).join(' ~ ') ?? '–'}</td>
                <td>
                  {difference ? inPoints(difference.value) : '–'}
                  {difference?.interval && (
                    <span className="muted small"> ({difference.interval.map(inPoints).join(' ~ ')})</span>
                  )}
                </td>
                <td>
                  <Won krw={yearKrw.value} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </ChartCard>
  )
}
