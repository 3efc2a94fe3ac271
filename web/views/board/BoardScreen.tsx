/** The live board of a day: what needs somebody first, where trucks should be, and words to their drivers. */
import { lazy, Suspense, useMemo, useState } from 'react'
import type { Board } from '../../../server/api.ts'
import { makeClock } from '../../format.ts'
import { useWords } from '../../i18n/words.tsx'
import { useBoard } from '../../service/board.ts'
import { formatAddress } from '../../state/address.ts'
import { boardSpan, countNeeds } from '../../state/board.ts'
import { NO_FEATURES, routeLines } from '../../state/geometry.ts'
import { useDay } from '../context.tsx'
import { Icon } from '../icons.tsx'
import { useLive } from '../live/LiveProvider.tsx'
import { Segments } from '../parts.tsx'
import { Refused } from '../people.tsx'
import { Notice, SkeletonRows } from '../states.tsx'
import { Measured } from './Measured.tsx'
import { Messages } from './Messages.tsx'
import { RoundRow, useRoundName } from './RoundRow.tsx'
import { BoardAxis } from './RoundTimeline.tsx'

// the list is read while the map is still on its way
const BoardMap = lazy(() => import('../../map/BoardMap.tsx').then((module) => ({ default: module.BoardMap })))

export function BoardScreen() {
  const { t } = useWords()
  const { complex, date, drawn } = useDay()
  const [part, setPart] = useState<'live' | 'measured'>('live')
  // a draft of a day under way changes nothing until it is confirmed
  const plan = date.confirmed ?? date.revises ?? (drawn && drawn.state !== 'draft' ? drawn.id : undefined)
  const board = useBoard(plan)
  return (
    <main className="page board-page" id="routes" tabIndex={-1}>
      <div className="board-parts">
        <Segments
          label={t.board.parts}
          value={part}
          onChange={setPart}
          options={[
            { value: 'live', label: t.board.title },
            { value: 'measured', label: t.board.measured },
          ]}
        />
      </div>
      {part === 'measured' ? (
        <Measured complex={complex.id} />
      ) : plan === undefined ? (
        <Notice icon="truck" title={t.board.none} text={t.board.noneText}>
          <a className="button primary large" href={formatAddress({ screen: 'plan', date: date.date })}>
            {t.board.toPlan}
          </a>
        </Notice>
      ) : (
        <>
          <Refused error={board.error} />
          {!board.data && !board.error && <SkeletonRows rows={8} />}
          {board.data && <BoardOfDay board={board.data} draft={date.planState === 'draft' && drawn?.id !== plan} />}
        </>
      )}
    </main>
  )
}

function BoardOfDay({ board, draft }: { readonly board: Board; readonly draft: boolean }) {
  const { t } = useWords()
  const { complex, drawn } = useDay()
  const { open } = useLive()
  const [opened, setOpened] = useState<string>()
  const [to, setTo] = useState<string>()
  const nameOf = useRoundName()
  const clock = useMemo(() => makeClock(board.startsAt, board.timeZone), [board.startsAt, board.timeZone])
  const span = useMemo(() => boardSpan(board), [board])
  const counts = countNeeds(board)
  const started = board.nowS > Math.min(...board.rounds.map(({ planned }) => planned.departS))
  const write = (route: string | undefined) => {
    setTo(route)
    document.querySelector<HTMLTextAreaElement>('.board-text')?.focus()
  }
  const isDrawn = drawn?.id === board.plan
  const geojson = isDrawn ? drawn.geojson : undefined
  const lines = useMemo(() => (geojson ? routeLines(geojson) : NO_FEATURES), [geojson])
  return (
    <>
      <header className="board-top">
        <h1>{t.board.title}</h1>
        <p className="board-clock">
          {t.board.now} <b>{clock.at(board.nowS)}</b>
        </p>
        <dl className="board-counts">
          {(['rounds', 'late', 'quiet', 'problem', 'finished'] as const).map((key) => (
            <div key={key} className={counts[key] > 0 && ['late', 'quiet', 'problem'].includes(key) ? 'calls' : ''}>
              <dt>{t.board.counts[key]}</dt>
              <dd>{counts[key]}</dd>
            </div>
          ))}
        </dl>
        <span className="push" />
        <button type="button" className="button" onClick={() => write(undefined)}>
          <Icon name="message" size={14} />
          {t.board.writeAll}
        </button>
        {isDrawn && (
          <>
            <button type="button" className="button" onClick={() => open('actuals')}>
              <Icon name="pencil" size={14} />
              {t.board.actuals}
            </button>
            <button type="button" className="button" onClick={() => open('disturb')}>
              <Icon name="again" size={14} />
              {t.live.disturb}
            </button>
          </>
        )}
      </header>
      <p className="small muted board-hint">
        {draft && <b className="warn">{t.board.draft} </b>}
        {board.over ? t.board.over : !started ? t.board.before : t.board.every}
        {board.estimated && ` ${t.board.estimated}`}
      </p>
      <div className="board-panes">
        <section className="board-list" aria-label={t.board.list}>
          <div className="board-axis-row">
            <Legend />
            <BoardAxis board={board} span={span} clock={clock} />
          </div>
          {board.rounds.map((round) => (
            <RoundRow
              key={round.route}
              board={board}
              round={round}
              span={span}
              clock={clock}
              opened={opened === round.route}
              onOpen={() => setOpened(opened === round.route ? undefined : round.route)}
              actions={
                <>
                  <button
                    type="button"
                    className="button"
                    title={t.board.write(round.driver ?? nameOf(round))}
                    aria-label={t.board.write([nameOf(round), round.driver].filter(Boolean).join(' '))}
                    onClick={() => write(round.route)}
                  >
                    <Icon name="message" size={14} />
                  </button>
                  {isDrawn && (round.need === 'late' || round.need === 'problem') && (
                    <button
                      type="button"
                      className="button"
                      title={t.board.disturb}
                      aria-label={`${nameOf(round)}: ${t.board.disturb}`}
                      onClick={() => open('disturb')}
                    >
                      <Icon name="again" size={14} />
                    </button>
                  )}
                </>
              }
            />
          ))}
        </section>
        <aside className="board-side">
          {board.rounds.some(({ place }) => place) && (
            <Suspense fallback={<SkeletonRows rows={3} />}>
              <BoardMap
                rounds={board.rounds}
                home={complex}
                nameOf={nameOf}
                chosen={opened}
                onChoose={setOpened}
                lines={lines}
              />
            </Suspense>
          )}
          <Messages board={board} clock={clock} to={to} onTo={setTo} />
        </aside>
      </div>
    </>
  )
}

function Legend() {
  const { t } = useWords()
  return (
    <p className="board-legend small muted" aria-hidden="true">
      {(['planned', 'done', 'expected', 'late'] as const).map((key) => (
        <span key={key}>
          <i className={`board-swatch ${key}`} />
          {t.board.legend[key]}
        </span>
      ))}
    </p>
  )
}
