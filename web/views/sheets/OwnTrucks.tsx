import { useId } from 'react'
import type { Carrier } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'

type Truck = NonNullable<Carrier['trucks']>[number]

interface OwnTrucksProps {
  readonly trucks: readonly Truck[]
  readonly plate: string
  readonly onTruck: (truck: Truck | undefined) => void
}

/** Trucks of the carrier with their drivers; nothing where it has told of none. */
export function OwnTrucks({ trucks, plate, onTruck }: OwnTrucksProps) {
  const { t } = useWords()
  const id = useId()
  if (trucks.length === 0) return null
  const known = trucks.some((truck) => truck.plate === plate)
  return (
    <div className="labelled">
      <label htmlFor={id}>{t.dispatch.ownTruck}</label>
      <span className="field">
        <select
          id={id}
          value={known ? plate : ''}
          onChange={({ currentTarget: { value } }) => onTruck(trucks.find((truck) => truck.plate === value))}
        >
          <option value="">{t.dispatch.another}</option>
          {trucks.map((truck) => (
            <option key={truck.plate} value={truck.plate}>
              {[truck.plate, truck.driver].filter(Boolean).join(' · ')}
            </option>
          ))}
        </select>
      </span>
    </div>
  )
}
