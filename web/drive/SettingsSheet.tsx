/** Language, position, whom to call, how long the link lives. */
import type { Drive } from '../../server/api.ts'
import { Icon } from '../views/icons.tsx'
import { telOf } from './mapLinks.ts'
import { Sheet } from './Sheet.tsx'
import type { Position } from './usePosition.ts'
import { useDriveWords } from './words.tsx'

export function SettingsSheet({
  drive,
  position,
  onClose,
}: {
  readonly drive: Drive
  readonly position: Position
  readonly onClose: () => void
}) {
  const { t, language, switchLanguage } = useDriveWords()
  const { coordinator, carrier, expiresAt, timeZone } = drive
  const until = new Intl.DateTimeFormat(language === 'ko' ? 'ko-KR' : 'en-GB', {
    timeZone,
    ...{ month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).format(new Date(expiresAt))
  const calls = [
    [t.coordinator, coordinator],
    [t.carrier, carrier],
  ] as const
  return (
    <Sheet title={t.settings} onClose={onClose}>
      {calls.map(
        ([whom, { phone, name } = {}]) =>
          phone && (
            <a key={whom} className="act plain" href={telOf(phone)}>
              <Icon name="phone" size={26} />
              <span>
                {t.call(whom)} {phone}
                {name && <small>{name}</small>}
              </span>
            </a>
          ),
      )}
      <label className="switch">
        <input type="checkbox" checked={position.on} onChange={(event) => position.change(event.target.checked)} />
        <span>
          {t.position}
          <small>{position.denied ? t.positionDenied : t.positionNote}</small>
        </span>
      </label>
      <button type="button" className="act plain" lang={language === 'ko' ? 'en' : 'ko'} onClick={switchLanguage}>
        <Icon name="language" size={26} />
        {t.language}
      </button>
      <p className="quiet">{t.install}</p>
      <p className="quiet">{t.validUntil(until)}</p>
    </Sheet>
  )
}
