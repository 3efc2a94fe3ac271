/** A table of figures: a row for each thing, whose name stays in sight while its figures are scrolled by. */
import type { ReactNode } from 'react'
import { TableScroll } from '../parts.tsx'

export interface Column<Row> {
  readonly head: string
  readonly of: (row: Row) => ReactNode
  /** where two columns have one head */
  readonly id?: string
  readonly hint?: string
  readonly foot?: ReactNode
  readonly faint?: boolean
}

interface LedgerProps<Row> {
  readonly label: string
  readonly rows: readonly Row[]
  readonly idOf: (row: Row) => string
  /** the first names the row */
  readonly columns: readonly [Column<Row>, ...Column<Row>[]]
  readonly isStrong?: (row: Row) => boolean
  readonly caption?: ReactNode
  readonly className?: string
}

export function Ledger<Row>({
  label,
  rows,
  idOf,
  columns,
  isStrong = () => false,
  caption,
  className = '',
}: LedgerProps<Row>) {
  const [name, ...figures] = columns
  const keyOf = ({ id, head }: Column<Row>) => id ?? head
  return (
    <TableScroll label={label} className={className}>
      <table className="ledger">
        {caption && <caption>{caption}</caption>}
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={keyOf(column)} scope="col" title={column.hint} className={column.faint ? 'faint' : undefined}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={idOf(row)} className={isStrong(row) ? 'headline' : undefined}>
              <th scope="row">{name.of(row)}</th>
              {figures.map((column) => (
                <td key={keyOf(column)} className={column.faint ? 'faint' : undefined}>
                  {column.of(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {name.foot && (
          <tfoot>
            <tr>
              <th scope="row">{name.foot}</th>
              {figures.map((column) => (
                <td key={keyOf(column)}>{column.foot}</td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </TableScroll>
  )
}
