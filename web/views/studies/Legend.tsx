/** What the marks of a chart stand for, below it. */

export type Mark =
  | 'more'
  | 'less'
  | 'line'
  | 'band'
  | 'whisker'
  | 'dashed'
  | 'target'
  | 'stock'
  | 'stopped'
  | 'dark'
  | 'holds'
  | 'breaks'

interface LegendProps {
  readonly marks: readonly { readonly mark: Mark; readonly text: string }[]
}

export function Legend({ marks }: LegendProps) {
  return (
    <ul className="small muted study-legend">
      {marks.map(({ mark, text }) => (
        <li key={mark}>
          <span className={`swatch ${mark}`} aria-hidden="true" /> {text}
        </li>
      ))}
    </ul>
  )
}
