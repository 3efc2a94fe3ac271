/** What each column of the file means. A guess says that it is one. */
import type { Review } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { readColumns } from '../../state/faults.ts'
import type { Draft } from '../../state/grid.ts'
import { Icon } from '../icons.tsx'
import { Segments } from '../parts.tsx'
import { SkeletonRows } from '../states.tsx'

const FIELDS = [
  'id',
  'date',
  'firm',
  'from',
  'to',
  'item',
  'spec',
  'weightKg',
  'weightT',
  'quantity',
  'unit',
  'pieceKg',
  'pieceT',
  'volumeM3',
  'volumeL',
  'pickupTime',
  'due',
  'deliveryTime',
  'gear',
  'note',
  'contact',
  'phone',
  'fromContact',
  'fromPhone',
  'toContact',
  'toPhone',
  'businessNumber',
  'address',
  'fromAddress',
  'toAddress',
  'lat',
  'lng',
  'fromLat',
  'fromLng',
  'toLat',
  'toLng',
] as const
type Words = ReturnType<typeof useWords>['t']['orders']['fields']

interface ImportMappingProps {
  readonly draft: Draft
  readonly review: Review | undefined
  readonly onRead: (index: number, name: string, field: string | undefined) => void
}

export function ImportMapping({ draft, review, onRead }: ImportMappingProps) {
  const { t } = useWords()
  const words = t.orders.mapping
  const fields = t.orders.fields as Words & Readonly<Record<string, string>>
  if (!review)
    return (
      <section className="card import-mapping">
        <SkeletonRows rows={10} />
      </section>
    )
  const { read, all } = readColumns(review)
  const { weights } = review
  const weightName = weights && (review.columns[weights.column]?.name ?? '')
  const asks = weights !== undefined && weights.bare > 0 && weights.small / weights.bare >= 0.5
  return (
    <section className="card import-mapping" aria-labelledby="mapping-title">
      <div className="pane-head">
        <h2 id="mapping-title">{words.title}</h2>
        <span className="push" />
        <span className={`chip ${review.missing.length > 0 ? 'bad' : 'good'}`}>
          {review.missing.length === 0 && <Icon name="check" size={12} />}
          {words.count(read, all)}
        </span>
      </div>
      <div className="mapping-heads small muted" aria-hidden="true">
        <span>{words.theirs}</span>
        <span>{words.ours}</span>
      </div>
      <ul className="mapping-list scroll">
        {review.columns
          .filter(({ name }) => name !== '' || draft.ignored.length > 0)
          .map(({ index, name: read, field, unit }) => {
            const name =
              read || (review.headerRow === undefined ? '' : (draft.rows[review.headerRow - 1]?.[index] ?? ''))
            if (name.trim() === '') return null
            const value = fieldOf(draft, name, field, unit, review)
            const isGuess = draft.guessed.includes(name)
            return (
              <li key={index}>
                <span className="cut" title={name}>
                  {name}
                </span>
                <Icon name="right" size={12} />
                <select
                  className={`select ${value === '' ? 'none' : isGuess ? 'guess' : ''}`}
                  aria-label={isGuess ? `${words.of(name)} (${words.guess})` : words.of(name)}
                  title={isGuess ? words.guessHint : undefined}
                  value={value}
                  onChange={(event) => onRead(index, name, event.currentTarget.value || undefined)}
                >
                  <option value="">{words.none}</option>
                  {FIELDS.map((known) => (
                    <option key={known} value={known}>
                      {fields[known]}
                      {isGuess && known === value ? ' ?' : ''}
                    </option>
                  ))}
                </select>
              </li>
            )
          })}
      </ul>
      {review.missing.length > 0 && (
        <p className="mapping-note bad">
          {words.missing(review.missing.map((field) => fields[field] ?? field).join(', '))}
        </p>
      )}
      {weights && weightName !== undefined && weights.bare > 0 && (
        <div className={`mapping-note ${asks ? 'asks' : ''}`}>
          {asks && (
            <b className="row warn">
              <Icon name="weight" size={15} />
              {words.unitTitle}
            </b>
          )}
          {asks && (
            <p className="small muted">
              {words.unitText(weights.bare, weights.small, weights.read === 't' ? words.tonnes : words.kg)}
            </p>
          )}
          <span className="row">
            {!asks && <span className="small muted">{words.unit}</span>}
            <Segments
              label={words.unit}
              value={weights.read}
              options={[
                { value: 't', label: words.tonnes },
                { value: 'kg', label: words.kg },
              ]}
              onChange={(unit) => onRead(weights.column, weightName, unit === 't' ? 'weightT' : 'weightKg')}
            />
          </span>
        </div>
      )}
    </section>
  )
}

function fieldOf(draft: Draft, name: string, field: string | undefined, unit: string, review: Review): string {
  const given = Object.entries(draft.mapping).find(([, column]) => column === name)?.[0]
  if (given !== undefined && field !== undefined) return fieldIn(given, unit, review)
  return field === undefined ? '' : fieldIn(field, unit, review)
}
/** Weights, pieces and volumes with their unit. */
function fieldIn(field: string, unit: string, { weights }: Review): string {
  const isTonnes = /^(톤|t|tons?|tonnes?|mt)$/i.test(unit.trim())
  if (field === 'weight') return weights?.read === 't' ? 'weightT' : 'weightKg'
  if (field === 'piece') return isTonnes ? 'pieceT' : 'pieceKg'
  if (field === 'volume') return /^(l|리터)$/i.test(unit.trim()) ? 'volumeL' : 'volumeM3'
  return field
}
