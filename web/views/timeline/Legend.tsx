import type { ReactNode } from 'react'
import { useWords } from '../../i18n/words.tsx'

export function Legend() {
  const { t } = useWords()
  const item = (shape: ReactNode, word: string) => (
    <span className="legend-item">
      <svg width="18" height="14" aria-hidden="true">
        {shape}
      </svg>
      {word}
    </span>
  )
  return (
    <div className="legend">
      {item(<path d="M1 7H17" stroke="var(--text-2)" strokeWidth="3.5" strokeLinecap="round" />, t.timeline.drive)}
      {item(<rect x="3" y="1" width="12" height="12" rx="3" fill="var(--text-2)" />, t.timeline.load)}
      {item(
        <rect x="1.5" y="2.5" width="15" height="9" fill="url(#hatch)" stroke="var(--border-strong)" />,
        t.timeline.wait,
      )}
      {item(
        <>
          <rect x="1.5" y="0.5" width="15" height="13" rx="3" className="rest-shape" />
          <text x="9" y="11" textAnchor="middle" className="rest-letter">
            {t.timeline.restShort}
          </text>
        </>,
        t.timeline.rest,
      )}
      {item(
        <path d="M6 1H3V13H6M12 1H15V13H12" fill="none" stroke="var(--text)" strokeWidth="1.6" />,
        t.timeline.window,
      )}
    </div>
  )
}
