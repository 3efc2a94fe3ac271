/** What the tables of a month have in common. */
import { type ReactNode, useState } from 'react'
import type { Dictionary } from '../../i18n/ko.ts'
import { useWords } from '../../i18n/words.tsx'
import { Icon } from '../icons.tsx'
import { Won } from '../parts.tsx'

/** A route by its number, a truck alone by its shipment. */
export const roundName = (t: Dictionary, { route, vehicle }: { readonly route: string; readonly vehicle: string }) =>
  route.startsWith('direct-') ? t.settle.solo(route.slice(7), vehicle) : t.settle.round(route, vehicle)

/** The heads of the columns; some with a word more to those who rest on them. */
export function Heads({ names }: { readonly names: readonly (string | readonly [name: string, hint: string])[] }) {
  return (
    <thead>
      <tr>
        {names.map((head) => {
          const [name, hint] = typeof head === 'string' ? [head] : head
          return (
            <th key={name} scope="col" title={hint}>
              {name}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

interface AmountsProps<K extends string> {
  readonly of: Readonly<Record<K, number>>
  readonly keys: readonly K[]
  /** those that step back */
  readonly quiet?: readonly K[]
  readonly strong?: K
}

/** Cells of won, one for each key. */
export function Amounts<K extends string>({ of, keys, quiet = [], strong }: AmountsProps<K>) {
  return keys.map((key) => (
    <td key={key} className={quiet.includes(key) ? 'muted' : ''}>
      {key === strong ? (
        <b>
          <Won krw={of[key]} />
        </b>
      ) : (
        <Won krw={of[key]} />
      )}
    </td>
  ))
}

interface FoldedProps {
  readonly name: string
  readonly note?: ReactNode
  readonly columns: number
  readonly cells: ReactNode
  readonly children: ReactNode
}

/** A row of a table that opens to what it is the sum of. */
export function Folded({ name, note, columns, cells, children }: FoldedProps) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <>
      <tr>
        <th scope="row">
          <button
            type="button"
            className="button ghost settle-fold"
            aria-expanded={open}
            title={open ? t.settle.hide(name) : t.settle.show(name)}
            onClick={() => setOpen(!open)}
          >
            <Icon name={open ? 'down' : 'right'} />
            <span className="cut">{name}</span>
          </button>
          {note}
        </th>
        {cells}
      </tr>
      {open && (
        <tr className="settle-inside">
          <td colSpan={columns}>{children}</td>
        </tr>
      )}
    </>
  )
}

interface PapersProps {
  readonly name: string
  /** address up to the format */
  readonly url: (format: 'pdf' | 'xlsx', document: 'settlement' | 'delivery') => string
}

/** The papers of one party. */
export function Papers({ name, url }: PapersProps) {
  const { t, language } = useWords()
  return (
    <span className="row wrap settle-papers">
      {(['settlement', 'delivery'] as const).map((document) => (
        <span key={document} className="row">
          <span className="small muted">{document === 'settlement' ? t.settle.statement : t.settle.delivery}</span>
          {(['pdf', 'xlsx'] as const).map((format) => (
            <a
              key={format}
              className="button"
              href={`${url(format, document)}&lang=${language}`}
              download
              aria-label={t.settle.download(
                document === 'settlement' ? t.settle.statement : t.settle.delivery,
                format.toUpperCase(),
                name,
              )}
            >
              {format.toUpperCase()}
            </a>
          ))}
        </span>
      ))}
    </span>
  )
}
