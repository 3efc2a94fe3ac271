import { Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { describeHours, hoursEstimated } from '../../solver/index.ts'
import { useWords } from '../i18n/words.tsx'
import { ServiceError } from '../service/client.ts'
import { useRoadsSource } from '../service/queries.ts'
import { useDay } from '../views/context.tsx'
import { Icon } from '../views/icons.tsx'
import { useStreetTiles } from './useStreets.ts'

export function MapLegend() {
  const { t, language } = useWords()
  const { day } = useDay()
  const source = useRoadsSource(language).data
  const made = day?.plan?.provenance
  const estimated = made?.estimated ?? source?.estimated ?? true
  const failing = source !== undefined && source.state !== 'good'
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
      {estimated && (
        <Hinted
          hint={`${t.map.estimatedHint}${made?.fallback ? ` ${t.map.fallback(made.fallback.why[language])}` : ''}`}
        >
          <Icon name="ruler" size={14} />
          {t.map.estimated}
        </Hinted>
      )}
      {failing && (
        <Hinted hint={t.map.failingHint(source.source, source.why ?? '', source.fallback)}>{t.map.failing}</Hinted>
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

/** Whose map this is, and whose roads the plan was made on. */
export function MapCredit() {
  const { t, language } = useWords()
  const { day } = useDay()
  const source = useRoadsSource(language).data
  const found = useStreetTiles()
  // a service that does not answer says so in a banner of its own
  const unread = found.isError && !(found.error instanceof ServiceError)
  const streets = unread ? t.mapline.streetsUnread : found.data && t.mapline.streets(found.data.attribution)
  // a plan of estimates was made on other roads than those of choice; the lines of a route may still follow these
  const made = day?.plan && !day.plan.provenance.estimated
  const roads =
    source && source.kind !== 'trunk'
      ? [made ? t.map.credit(t.map.source[source.kind], source.dataDate ?? '') : '', source.licence ?? '']
      : []
  return (
    <p className="map-credit" title={source?.source}>
      {[t.map.attribution, ...roads, streets].filter(Boolean).join(' · ')}
    </p>
  )
}

interface MapControlsProps {
  readonly onZoom: (by: number) => void
  readonly onFit: () => void
  /** Firms and partners as circles of what they send and receive. */
  readonly volumes?: boolean
  readonly onVolumes?: (volumes: boolean) => void
}

export function MapControls({ onZoom, onFit, volumes, onVolumes }: MapControlsProps) {
  const { t } = useWords()
  const button = (label: string, icon: 'plus' | 'minus' | 'fit' | 'weight', act: () => void, pressed?: boolean) => (
    <button type="button" aria-label={label} title={label} aria-pressed={pressed} onClick={act}>
      <Icon name={icon} />
    </button>
  )
  return (
    <div className="float map-controls">
      {button(t.map.zoomIn, 'plus', () => onZoom(1))}
      {button(t.map.zoomOut, 'minus', () => onZoom(-1))}
      {button(t.map.fit, 'fit', onFit)}
      {onVolumes && button(t.mapline.volumes, 'weight', () => onVolumes(!volumes), volumes)}
    </div>
  )
}
