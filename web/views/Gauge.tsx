/** The saving on a bar of 0–50 %. The dashed tick is a target somebody announced, labelled so; never a result. */
import { Tooltip } from '@mantine/core'
import { useWords } from '../i18n/words.tsx'
import { GAUGE_MAX, gaugeShare, TARGET_SHARE } from '../state/kpi.ts'

export function Gauge({ share, baseline }: { readonly share: number; readonly baseline: string }) {
  const { t, f } = useWords()
  const target = TARGET_SHARE / GAUGE_MAX
  return (
    <Tooltip
      label={t.gauge.targetHint}
      multiline
      w={300}
      position="bottom"
      events={{ hover: true, focus: true, touch: true }}
    >
      <button type="button" className="gauge">
        <span className="gauge-track" aria-hidden="true">
          <span className="gauge-bar" style={{ width: `${gaugeShare(share) * 100}%` }} />
          <span className="gauge-target" style={{ left: `${target * 100}%` }} />
        </span>
        <span className="gauge-scale" aria-hidden="true">
          <span style={{ left: `${target * 100}%` }}>{t.gauge.target}</span>
        </span>
        <span className="visually-hidden">
          {t.gauge.sentence(f.share(share), baseline)} {t.gauge.targetHint}
        </span>
      </button>
    </Tooltip>
  )
}
