/** The cells of a grid, drawn as far as they are in sight. */
import type { VirtualItem } from '@tanstack/react-virtual'
import type { Review } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { type Faults, spotKey } from '../../state/faults.ts'
import { type Draft, letterOf, type Spot, textAt } from '../../state/grid.ts'
import { HEAD_PX, NUMBER_PX, ROW_PX, type rangeOf } from '../../state/gridView.ts'

interface GridTableProps {
  readonly draft: Draft
  readonly review: Review
  readonly faults: Faults
  readonly rows: readonly number[]
  readonly shown: readonly VirtualItem[]
  readonly widths: readonly number[]
  readonly widthPx: number
  readonly active: Spot | undefined
  readonly range: ReturnType<typeof rangeOf> | undefined
}

export function GridTable({ draft, review, faults, rows, shown, widths, widthPx, active, range }: GridTableProps) {
  const { t } = useWords()
  const words = t.orders.grid
  const fieldOf = new Map(review.columns.map(({ index, field }) => [index, field]))
  const inRange = ({ row, column }: Spot) =>
    range !== undefined && row >= range.top && row <= range.bottom && column >= range.left && column <= range.right
  return (
    <table aria-label={words.label} aria-rowcount={rows.length + 1} style={{ width: widthPx }}>
      <colgroup>
        <col style={{ width: NUMBER_PX }} />
        {widths.map((width, column) => (
          <col key={letterOf(column)} style={{ width }} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1} style={{ height: HEAD_PX }}>
          <td className="grid-corner" />
          {widths.map((_, column) => {
            const field = fieldOf.get(column) as keyof typeof t.orders.fields | undefined
            return (
              <th key={letterOf(column)} scope="col" className={field ? '' : 'unread'}>
                <b className="cut">
                  {review.headerRow ? textAt(draft, { row: review.headerRow, column }) : letterOf(column)}
                </b>
                <small className="cut">{field ? t.orders.fields[field] : t.orders.mapping.none}</small>
              </th>
            )
          })}
        </tr>
      </thead>
      <tbody>
        {shown[0] && shown[0].index > 0 && <tr className="grid-room" style={{ height: shown[0].index * ROW_PX }} />}
        {shown.map(({ index }) => {
          const row = rows[index]!
          const isOut = draft.skip.includes(row) || faults.passed.has(row)
          return (
            <tr key={row} aria-rowindex={index + 2} className={isOut ? 'out' : ''} style={{ height: ROW_PX }}>
              <th scope="row" className={faults.rowLevels.get(row) ?? ''}>
                {row}
              </th>
              {widths.map((_, column) => {
                const spot = { row, column }
                const cell = faults.marks.get(spotKey(spot))
                const isActive = active?.row === row && active.column === column
                return (
                  <td
                    key={letterOf(column)}
                    data-row={row}
                    data-column={column}
                    title={cell?.read === undefined ? undefined : words.readAs(cell.read)}
                    className={`${cell ? cell.level : ''} ${isActive ? 'active' : inRange(spot) ? 'ranged' : ''} ${isFigure(fieldOf.get(column)) ? 'figure' : ''}`}
                  >
                    {textAt(draft, spot)}
                  </td>
                )
              })}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

const isFigure = (field: string | undefined): boolean =>
  field !== undefined && ['weight', 'piece', 'volume', 'quantity', 'lat', 'lng'].includes(field)
