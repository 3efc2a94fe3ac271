/**
 * The saving on a bar of 0–50 %. The solid tick is the ceiling: what lies beyond it, hatched, is proved out of reach. The dashed tick is a
 * target somebody announced, labelled so; never a result.
 */
import { Tooltip } from '@mantine/core'
import { useWords } from '../i18n/words.tsx'
import { GAUGE_MAX, gaugeShare, TARGET_SHARE } from '../state/kpi.ts'

interface GaugeProps {
  readonly share: number
  /** Absent while nothing is proved. */
  readonly ceiling: number | undefined
  readonly baseline: string
}

export function Gauge({ share, ceiling, baseline }: GaugeProps) {
  const { t, f } = useWords()
  const target = TARGET_SHARE / GAUGE_MAX
  const reach = ceiling === undefined ? '' : ` ${t.gauge.ceilingSentence(f.share(ceiling))}`
  return (
    <Tooltip
      label={`${reach} ${t.gauge.targetHint}`.trim()}
      multiline
      w={300}
      position="bottom"
      events={{ hover: true, focus: true, touch: true }}
    >
      <button type="button" className="gauge">
        <span className="gauge-track" aria-hidden="true">
          {ceiling !== undefined && <span className="gauge-beyond" style={{ left: `${gaugeShare(ceiling) * 100}%` }} />}
          <span className="gauge-bar" style={{ width: `${gaugeShare(share) * 100}%` }} />
          {ceiling !== undefined && (
            <span className="gauge-ceiling" style={{ left: `${gaugeShare(ceiling) * 100}%` }} />
          )}
          <span className="gauge-target" style={{ left: `${target * 100}%` }} />
        </span>
        <span className="gauge-scale" aria-hidden="true">
          <span style={{ left: `${target * 100}%` }}>{t.gauge.target}</span>
        </span>
        <span className="visually-hidden">
          {t.gauge.sentence(f.share(share), baseline)}
          {reach} {t.gauge.targetHint}
        </span>
      </button>
    </Tooltip>
  )
}
