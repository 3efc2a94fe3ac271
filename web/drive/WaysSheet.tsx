/** The map apps of the phone: to the next stop, or all that is left in pieces that Kakao takes. */
import { useState } from 'react'
import type { Drive } from '../../server/api.ts'
import { kakaoWays, wayTo } from './mapLinks.ts'
import { Sheet } from './Sheet.tsx'
import { useDriveWords } from './words.tsx'

const BARE_KEY = 'milkrun.drive.bare'

export function WaysSheet({
  drive,
  current = 0,
  onClose,
}: {
  readonly drive: Drive
  readonly current: number | undefined
  readonly onClose: () => void
}) {
  const { t } = useDriveWords()
  const [bare, setBare] = useState(() => localStorage.getItem(BARE_KEY) === 'yes')
  const stop = drive.stops[current]!
  const to = wayTo(stop, bare, location.host)
  const behind = current > 0 ? drive.stops[current - 1] : drive.start
  const points = [...(behind ? [behind] : []), ...drive.stops.slice(current), ...(drive.end ? [drive.end] : [])]
  const ways = kakaoWays(points, bare)
  return (
    <Sheet title={t.ways} onClose={onClose}>
      <h3>{t.wayTo(stop.name)}</h3>
      <div className="kinds">
        <a className="act plain" href={to.kakao} target="_blank" rel="noreferrer">
          {t.kakao}
        </a>
        <a className="act plain" href={to.naver}>
          {t.naver}
        </a>
        <a className="act plain" href={to.tmap}>
          {t.tmap}
        </a>
      </div>
      <p className="quiet">{t.appNote}</p>
      <h3>{t.wholeWay}</h3>
      <div className="kinds">
        {ways.map((way, index) => (
          <a key={way} className="act plain" href={way} target="_blank" rel="noreferrer">
            {t.wholePart(index + 1, ways.length)}
          </a>
        ))}
      </div>
      <label className="switch">
        <input
          type="checkbox"
          checked={bare}
          onChange={(event) => {
            localStorage.setItem(BARE_KEY, event.target.checked ? 'yes' : 'no')
            setBare(event.target.checked)
          }}
        />
        <span>
          {t.bare}
          <small>{t.bareNote}</small>
        </span>
      </label>
    </Sheet>
  )
}
