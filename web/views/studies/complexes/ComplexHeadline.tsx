/** What can be said of the places in one sentence, and how much is known at all. */
import { type ComplexesAnswer, CRITERIA } from '../../../../study/index.ts'
import { useWords } from '../../../i18n/words.tsx'
import { type ComplexRow, countingOf, type Ranking, statedShare } from '../../../state/complexes.ts'
import { Figure, Headline } from '../figures.tsx'
import { inHundred } from '../text.ts'

interface ComplexHeadlineProps {
  readonly answer: ComplexesAnswer
  readonly ranking: Ranking
}

export function ComplexHeadline({ answer: { complexes, indicators }, ranking: { rows, best } }: ComplexHeadlineProps) {
  const { t, f, language } = useWords()
  const words = t.studyComplexes
  const enough = rows.filter(({ state }) => state !== 'dark')
  const leaders = rows.filter(({ state }) => state === 'leader')
  const likeliest = enough.reduce<ComplexRow | null>((top, row) => (row.first > (top?.first ?? 0) ? row : top), null)
  const stated = statedShare(complexes)
  const criteria = countingOf(indicators)
  const part = criteria.length < CRITERIA.length
  const open = best !== null && (leaders.length > 1 || best.ranked.places[1] > 1)
  return (
    <Headline
      figure={
        best === null ? words.noneEnough : open ? words.headline(leaders.length) : words.sureFirst(best.name[language])
      }
      tone={best === null || open ? 'warn' : 'good'}
      range={
        enough.length === rows.length ? words.headlineAll(rows.length) : words.headlineRange(enough.length, rows.length)
      }
      note={
        <>
          {part && (
            <b className="warn">
              {words.onlyPart(
                criteria.map((criterion) => words.criteria[criterion]).join(', '),
                indicators.length,
              )}{' '}
            </b>
          )}
          {best === null ? words.few : words.headlineNote}
        </>
      }
    >
      <Figure label={words.enough} note={words.enoughNote}>
        {f.whole(enough.length)}
      </Figure>
      <Figure label={words.dark} note={words.darkNote} faint>
        {f.whole(rows.length - enough.length)}
      </Figure>
      {likeliest && (
        <Figure label={words.likeliest} note={words.inHundred(inHundred(likeliest.first))}>
          {likeliest.name[language]}
        </Figure>
      )}
      {stated !== null && (
        <Figure label={words.sureOf} note={words.sureOfNote}>
          {f.share(stated)}
        </Figure>
      )}
    </Headline>
  )
}
