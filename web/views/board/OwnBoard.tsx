/** How the rounds of the own carrier are going today: the same rows as the coordinator sees, to look at. */
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Board } from '../../../server/api.ts'
import { makeClock } from '../../format.ts'
import { useWords } from '../../i18n/words.tsx'
import { LOOK_EVERY_MS } from '../../service/board.ts'
import { service } from '../../service/client.ts'
import { boardSpan } from '../../state/board.ts'
import { Refused } from '../people.tsx'
import { RoundRow } from './RoundRow.tsx'

export function OwnBoard({ whose }: { readonly whose: string }) {
  const boards = useQuery({
    queryKey: ['ownBoard', whose],
    queryFn: ({ signal }) => service.ownBoard(whose, signal),
    refetchInterval: LOOK_EVERY_MS,
  })
  return (
    <>
      <Refused error={boards.error} />
      {boards.data?.items.map((board) => (
        <OwnDay key={board.plan} board={board} />
      ))}
    </>
  )
}

function OwnDay({ board }: { readonly board: Board }) {
  const { t } = useWords()
  const [opened, setOpened] = useState<string>()
  const clock = useMemo(() => makeClock(board.startsAt, board.timeZone), [board.startsAt, board.timeZone])
  return (
    <section className="board-list own" aria-label={t.board.title}>
      <h2>
        {t.board.title} <span className="muted">{clock.at(board.nowS)}</span>
      </h2>
      {board.rounds.map((round) => (
        <RoundRow
          key={round.route}
          board={board}
          round={round}
          span={boardSpan(board)}
          clock={clock}
          opened={opened === round.route}
          onOpen={() => setOpened(opened === round.route ? undefined : round.route)}
        />
      ))}
    </section>
  )
}
