import type { JudgedTruck } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { Icon } from '../icons.tsx'

/** Whether another truck keeps goods and times; every rule in the way, with its numbers. */
export function JudgedWords({ judged: { fits, broken } }: { readonly judged: JudgedTruck }) {
  const { t } = useWords()
  if (fits)
    return (
      <p className="row good">
        <Icon name="check" size={13} /> {t.dispatch.fits}
      </p>
    )
  return (
    <div className="dispatch-broken" role="alert">
      <p className="row bad">
        <Icon name="alert" size={13} /> {t.dispatch.unfit}
      </p>
      <ul>
        {broken.map(({ what, how }) => (
          <li key={what + how}>
            <b>{what}</b> <span className="muted">{how}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
