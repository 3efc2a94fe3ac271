/** What a study over many complexes says: all together, each with its range, how far each is, and which could not be worked out. */
import type { StudyPart } from '../../../server/api.ts'
import type { NationalResult, NationalStudy, StudySource } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { Won } from '../parts.tsx'
import { ChartCard } from './ChartCard.tsx'
import { Figure, Headline, useRange } from './figures.tsx'
import { ByComplex, BySetting } from './NationalTables.tsx'
import { RangesChart } from './RangesChart.tsx'

interface NationalResultsProps {
  readonly study: NationalStudy
  /** none: nothing is there yet */
  readonly result: NationalResult | undefined
  readonly parts: readonly StudyPart[]
  readonly sources: readonly StudySource[]
}

export function NationalResults({ study, result, parts, sources }: NationalResultsProps) {
  const { t, f, language } = useWords()
  const words = t.national
  const target = study.targetShare ?? 0.2
  const [base] = result?.all ?? []
  const range = useRange()
  const rows = parts
    .map((part) => ({
      part,
      says: result?.complexes
        .find(({ complex }) => complex === part.complex)
        ?.settings.find(({ setting }) => setting === study.settings[0].id),
    }))
    .toSorted((a, b) => (b.says?.saving.B1.value ?? -9) - (a.says?.saving.B1.value ?? -9))
  const failed = parts.filter(({ state }) => state === 'failed')
  const drawn = rows.flatMap(({ part, says }) =>
    says ? [{ id: part.id, name: part.name[language], estimate: says.saving.B1 }] : [],
  )
  const card = { study, sources }
  return (
    <>
      {base && (
        <>
          <Headline
            figure={(base.saving.B1.value >= 0 ? t.study.pickup.headline : t.study.pickup.dearer)(
              f.share(Math.abs(base.saving.B1.value)),
            )}
            tone={base.saving.B1.value >= 0 ? 'good' : 'warn'}
            range={range(base.saving.B1, f.share)}
            note={`${t.study.pickup.b1} · ${words.sum(f.whole(base.complexes), f.whole(base.runs))}`}
          >
            <Figure
              label={t.study.pickup.against('B2')}
              note={`${t.study.pickup.b2} · ${range(base.saving.B2, f.share)}`}
            >
              {f.share(base.saving.B2.value)}
            </Figure>
            <Figure label={t.study.pickup.against('B0')} note={t.study.pickup.b0} faint>
              {f.share(base.saving.B0.value)}
            </Figure>
            <Figure
              label={words.year}
              note={`${words.yearNote(f.krw(study.programmeKrwPerYear ?? 0))} · ${range(base.yearKrw, f.krw)}`}
            >
              <Won krw={base.yearKrw.value} />
            </Figure>
            <Figure label={words.sure(f.share(target))} note={words.sureNote}>
              {words.sureFigure(f.whole(base.target.above), f.whole(base.target.below), f.whole(base.target.open))}
            </Figure>
            <Figure label={t.study.pickup.co2} note={range(base.co2Share, f.share)}>
              {f.share(base.co2Share.value)}
            </Figure>
          </Headline>
          <p className="small muted study-line">
            <span className="chip warn">{t.study.estimated}</span> {t.study.estimatedRoads} {words.together}
            {base.complexes < parts.length && (
              <b className="warn"> {words.left(f.whole(parts.length - base.complexes))}</b>
            )}
          </p>
        </>
      )}
      {failed.length > 0 && (
        <section className="card study-card">
          <h2 className="bad">{words.failedTitle(f.whole(failed.length))}</h2>
          <p className="small muted">{words.failedNote}</p>
          <dl className="national-failed">
            {failed.map(({ id, name, error, why }) => (
              <div key={id}>
                <dt>{name[language]}</dt>
                <dd>{why?.[language] ?? error}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <div className="national-charts">
        {drawn.length > 0 && (
          <ChartCard
            {...card}
            title={words.ranges}
            note={words.rangesNote}
            sheet={{
              columns: [words.columns.complex, 'B1', 'B1 low', 'B1 high'],
              rows: drawn.map(({ name, estimate: { value, interval } }) => [
                name,
                value,
                interval?.[0] ?? null,
                interval?.[1] ?? null,
              ]),
            }}
          >
            <RangesChart
              rows={drawn}
              target={target}
              label={words.rangesLabel(
                drawn.map(({ name, estimate }) => `${name} ${f.share(estimate.value)}`).join(', '),
              )}
            />
          </ChartCard>
        )}
        <ByComplex study={study} rows={rows} sources={sources} />
        {result && result.all.length > 1 && <BySetting study={study} all={result.all} sources={sources} />}
      </div>
    </>
  )
}
