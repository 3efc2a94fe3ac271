/**
 * The saving on a bar. The solid tick is the ceiling: what lies beyond it, hatched, is proved out of reach. The dashed tick is a target
 * somebody announced, labelled so; never a result.
 */
import { Tooltip } from '@mantine/core'
import { useWords } from '../i18n/words.tsx'
import { gaugeScale } from '../state/kpi.ts'

interface GaugeProps {
  readonly share: number
  /** Absent while nothing is proved. */
  readonly ceiling: number | undefined
  readonly baseline: string
}

const percent = (part: number) => `${part * 100}%`

export function Gauge({ share, ceiling, baseline }: GaugeProps) {
  const { t, f } = useWords()
  const scale = gaugeScale(share, ceiling)
  const reach = ceiling === undefined ? '' : ` ${t.gauge.ceilingSentence(f.share(ceiling))}`
  const target = (
    <span
      key="target"
      className="gauge-target-word"
      style={ceiling === undefined ? { left: percent(scale.target) } : {}}
    >
      {t.gauge.target}
    </span>
  )
  const limit = ceiling !== undefined && (
    <b key="ceiling" className="ink">
      {t.gauge.ceiling(f.share(ceiling))}
    </b>
  )
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
          {scale.ceiling !== undefined && <span className="gauge-beyond" style={{ left: percent(scale.ceiling) }} />}
          <span className="gauge-bar" style={{ width: percent(scale.bar) }} />
          {scale.ceiling !== undefined && <span className="gauge-ceiling" style={{ left: percent(scale.ceiling) }} />}
          <span className="gauge-target" style={{ left: percent(scale.target) }} />
        </span>
        {/* side by side in the order of their ticks: they may stand close, their words must not overlap */}
        <span className={`gauge-scale ${ceiling === undefined ? '' : 'both'}`} aria-hidden="true">
          {(scale.ceiling ?? 0) > scale.target ? [target, limit] : [limit, target]}
        </span>
        <span className="visually-hidden">
          {t.gauge.sentence(f.share(share), baseline)}
          {reach} {t.gauge.targetHint}
        </span>
      </button>
    </Tooltip>
  )
}
