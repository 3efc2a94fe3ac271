import { Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { describeHours, hoursEstimated } from '../../solver/index.ts'
import { useWords } from '../i18n/words.tsx'
import { useDay } from '../views/context.tsx'
import { Icon } from '../views/icons.tsx'

export function MapLegend() {
  const { t, language } = useWords()
  const { day } = useDay()
  const made = day?.plan?.provenance
  return (
    <div className="float map-legend">
      <span className="legend-item">
        <svg width="8" height="7" aria-hidden="true">
          <path d="M0 7L4 0L8 7Z" fill="var(--text)" />
        </svg>
        {t.map.pickup}
      </span>
      <span className="legend-item">
        <svg width="8" height="7" aria-hidden="true">
          <path d="M0 0L4 7L8 0Z" fill="var(--text)" />
        </svg>
        {t.map.drop}
      </span>
      <span className="legend-item">
        <svg width="9" height="9" aria-hidden="true">
          <rect width="9" height="9" rx="2" fill="var(--map-site)" />
        </svg>
        {t.map.firm}
      </span>
      {made?.estimated !== false && (
        <Hinted hint={t.map.estimatedHint}>
          <Icon name="ruler" size={14} />
          {t.map.estimated}
        </Hinted>
      )}
      {made?.timeOfDay && (
        <Hinted hint={describeHours(made.timeOfDay, language)}>
          <Icon name="clock" size={14} />
          {hoursEstimated(made.timeOfDay) ? t.map.hoursEstimated : t.map.hours}
        </Hinted>
      )}
    </div>
  )
}

function Hinted({ hint, children }: { readonly hint: string; readonly children: ReactNode }) {
  return (
    <Tooltip label={hint} multiline w={280} position="bottom" events={{ hover: true, focus: true, touch: true }}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the hint must be reachable without a mouse */}
      <span className="chip warn" tabIndex={0}>
        {children}
      </span>
    </Tooltip>
  )
}

interface MapControlsProps {
  readonly onZoom: (by: number) => void
  readonly onFit: () => void
}

export function MapControls({ onZoom, onFit }: MapControlsProps) {
  const { t } = useWords()
  const button = (label: string, icon: 'plus' | 'minus' | 'fit', act: () => void) => (
    <button type="button" aria-label={label} title={label} onClick={act}>
      <Icon name={icon} />
    </button>
  )
  return (
    <div className="float map-controls">
      {button(t.map.zoomIn, 'plus', () => onZoom(1))}
      {button(t.map.zoomOut, 'minus', () => onZoom(-1))}
      {button(t.map.fit, 'fit', onFit)}
    </div>
  )
}
