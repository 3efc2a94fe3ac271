/** One link: what has become of it, and what can be done with it. */
import { type ReactNode, useEffect, useState } from 'react'
import type { DriverLink } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import type { LinkAct } from '../../service/links.ts'
import { Icon } from '../icons.tsx'

export function LinkRow({
  link,
  name,
  badge,
  truck,
  timeZone,
  isOpen,
  onToggle,
  onShare,
  onCopy,
  onAct,
}: {
  readonly link: DriverLink
  readonly name: string
  readonly badge: ReactNode
  readonly truck: string
  readonly timeZone: string
  readonly isOpen: boolean
  readonly onToggle: () => void
  readonly onShare: () => void
  readonly onCopy: () => void
  readonly onAct: (act: LinkAct) => void
}) {
  const { t, f } = useWords()
  const [sure, setSure] = useState(false)
  const at = (moment: string) =>
    new Intl.DateTimeFormat(f.language === 'ko' ? 'ko-KR' : 'en-GB', {
      timeZone,
      ...{ month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    }).format(new Date(moment))
  const { state, seenAt, openedAt, expiresAt, phones, locked, openings, url } = link
  const isLiving = state === 'living'
  // since the phone that it belongs to was let in
  const tried = openings.at(-1)?.outcome
  const other = tried === 'refused' || tried === 'digits'
  return (
    <li className={`link-row ${state}`}>
      <div className="row">
        {badge}
        <span className="link-what">
          <b className="cut">{truck}</b>
          <span className={`small cut ${isLiving && seenAt ? 'good' : 'muted'}`}>
            {isLiving && seenAt ? (
              <>
                <Icon name="eye" size={13} /> {t.links.seen(at(seenAt))}
              </>
            ) : (
              t.links.states[state]
            )}
          </span>
        </span>
        {locked && isLiving && <span className="chip bad">{t.links.locked}</span>}
        {!locked && other && isLiving && <span className="chip warn">{t.links.other}</span>}
        {isLiving && (
          <button type="button" className="button" onClick={onShare}>
            <Icon name="copy" size={14} />
            {t.links.share}
          </button>
        )}
        <button
          type="button"
          className="button icon"
          aria-expanded={isOpen}
          aria-label={t.links.more(name)}
          onClick={onToggle}
        >
          <Icon name={isOpen ? 'up' : 'down'} size={14} />
        </button>
      </div>
      {isOpen && (
        <div className="link-more">
          {isLiving && <Code url={url} label={t.links.qrLabel(name)} />}
          <div className="link-about small">
            {isLiving && <code className="link-url">{url}</code>}
            <p className="muted">
              {[
                t.links.until(at(expiresAt)),
                ...(openedAt ? [t.links.opened(at(openedAt))] : []),
                ...(phones.length > 0 ? [t.links.phones(phones.length)] : []),
              ].join(' · ')}
            </p>
            {openings.length > 0 && (
              <ul className="muted">
                {openings.toReversed().map((opening) => (
                  <li key={`${opening.at} ${opening.outcome}`}>
                    {at(opening.at)} {t.links.openings[opening.outcome]} · {opening.device}
                  </li>
                ))}
              </ul>
            )}
            <div className="link-acts">
              {isLiving && (
                <button type="button" className="button" onClick={onCopy}>
                  {t.links.copy}
                </button>
              )}
              {state !== 'revoked' && (
                <button type="button" className="button" onClick={() => onAct('renew')}>
                  {t.links.renew}
                </button>
              )}
              {isLiving && phones.length > 0 && (
                <button type="button" className="button" title={t.links.releaseNote} onClick={() => onAct('release')}>
                  {t.links.release}
                </button>
              )}
              {state !== 'revoked' && (
                <button
                  type="button"
                  className="button bad"
                  onBlur={() => setSure(false)}
                  onClick={() => (sure ? onAct('revoke') : setSure(true))}
                >
                  {sure ? t.links.reallyRevoke : t.links.revoke}
                </button>
              )}
            </div>
          </div>
        </div>
      )}
    </li>
  )
}

function Code({ url, label }: { readonly url: string; readonly label: string }) {
  const [image, setImage] = useState<string>()
  useEffect(() => {
    let isGone = false
    import('qrcode')
      .then(({ toDataURL }) => toDataURL(url, { margin: 2, width: 320, errorCorrectionLevel: 'M' }))
      .then((made) => isGone || setImage(made))
    return () => {
      isGone = true
    }
  }, [url])
  return image ? <img className="link-code" src={image} alt={label} width={160} height={160} /> : null
}
