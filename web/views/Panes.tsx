/** Three panes and a drawer below, all of them resizable, foldable and remembered. */
import { useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { type CSSProperties, type ReactNode, useRef, useState } from 'react'
import { useWords } from '../i18n/words.tsx'
import { Icon } from './icons.tsx'

export interface PaneSizes {
  readonly pool: number
  readonly routes: number
  readonly timeline: number
  readonly poolFolded: boolean
  readonly routesFolded: boolean
  readonly timelineFolded: boolean
}

const DEFAULTS: PaneSizes = {
  pool: 300,
  routes: 352,
  timeline: 216,
  poolFolded: false,
  routesFolded: false,
  timelineFolded: false,
}
const LIMITS = { pool: [240, 420], routes: [300, 480], timeline: [110, 460] } as const
const FOLDED_TIMELINE = 35

export function usePanes() {
  return useLocalStorage<PaneSizes>({
    key: 'milkrun.panes',
    defaultValue: DEFAULTS,
    getInitialValueInEffect: false,
    deserialize: (text) => ({ ...DEFAULTS, ...(text ? (JSON.parse(text) as Partial<PaneSizes>) : {}) }),
  })
}

interface PanesProps {
  readonly sizes: PaneSizes
  readonly onSizes: (sizes: PaneSizes) => void
  readonly pool: ReactNode
  readonly map: ReactNode
  readonly routes: ReactNode
  readonly timeline: ReactNode
}

export function Panes({ sizes, onSizes, pool, map, routes, timeline }: PanesProps) {
  const { t } = useWords()
  // on a narrow desk the shipments lie over the map, and only when asked for
  const narrow = useMediaQuery('(max-width: 1100px)', false, { getInitialValueInEffect: false })
  const [overMap, setOverMap] = useState(false)
  const poolFolded = narrow ? !overMap : sizes.poolFolded
  const set = (change: Partial<PaneSizes>) => onSizes({ ...sizes, ...change })
  const style = {
    '--pool': poolFolded ? '0px' : `${sizes.pool}px`,
    '--routes': sizes.routesFolded ? '0px' : `${sizes.routes}px`,
    '--timeline': sizes.timelineFolded ? `${FOLDED_TIMELINE}px` : `${sizes.timeline}px`,
  } as CSSProperties
  const fold = (side: 'left' | 'right', folded: boolean, label: string, toggle: () => void) => (
    <button
      type="button"
      className={`fold ${side} ${side === 'left' && narrow && overMap ? 'beside' : ''}`}
      aria-label={label}
      title={label}
      aria-expanded={!folded}
      onClick={toggle}
    >
      <Icon name={(side === 'left') === folded ? 'right' : 'left'} size={12} />
    </button>
  )
  return (
    <div className="panes" style={style}>
      <div className="pane-left" hidden={poolFolded}>
        {pool}
        <Divider
          label={t.panes.resizePool}
          value={sizes.pool}
          limits={LIMITS.pool}
          axis="x"
          sign={1}
          onChange={(value) => set({ pool: value })}
        />
      </div>
      <div className="pane-centre">
        {map}
        {fold('left', poolFolded, poolFolded ? t.panes.expandPool : t.panes.collapsePool, () =>
          narrow ? setOverMap(!overMap) : set({ poolFolded: !poolFolded }),
        )}
        {fold('right', sizes.routesFolded, sizes.routesFolded ? t.panes.expandRoutes : t.panes.collapseRoutes, () =>
          set({ routesFolded: !sizes.routesFolded }),
        )}
      </div>
      <div className="pane-right" hidden={sizes.routesFolded}>
        <Divider
          label={t.panes.resizeRoutes}
          value={sizes.routes}
          limits={LIMITS.routes}
          axis="x"
          sign={-1}
          onChange={(value) => set({ routes: value })}
        />
        {routes}
      </div>
      <div className="pane-below">
        {!sizes.timelineFolded && (
          <Divider
            label={t.timeline.resize}
            value={sizes.timeline}
            limits={LIMITS.timeline}
            axis="y"
            sign={-1}
            onChange={(value) => set({ timeline: value })}
          />
        )}
        {timeline}
      </div>
    </div>
  )
}

interface DividerProps {
  readonly label: string
  readonly value: number
  readonly limits: readonly [number, number]
  readonly axis: 'x' | 'y'
  /** 1 where the pane grows with the pointer, −1 where against it. */
  readonly sign: 1 | -1
  readonly onChange: (value: number) => void
}

const STEP_PX = 20

function Divider({ label, value, limits: [low, high], axis, sign, onChange }: DividerProps) {
  const drag = useRef<{ readonly at: number; readonly value: number }>(undefined)
  const change = (wanted: number) => onChange(Math.round(Math.min(high, Math.max(low, wanted))))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is no <hr>
    <div
      className={`divider ${axis}`}
      role="separator"
      aria-label={label}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={value}
      aria-valuemin={low}
      aria-valuemax={high}
      tabIndex={0}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { at: axis === 'x' ? event.clientX : event.clientY, value }
      }}
      onPointerMove={(event) => {
        if (!drag.current) return
        const moved = (axis === 'x' ? event.clientX : event.clientY) - drag.current.at
        change(drag.current.value + sign * moved)
      }}
      onPointerUp={() => {
        drag.current = undefined
      }}
      onKeyDown={(event) => {
        const forward = axis === 'x' ? 'ArrowRight' : 'ArrowDown'
        const back = axis === 'x' ? 'ArrowLeft' : 'ArrowUp'
        if (event.key !== forward && event.key !== back) return
        event.preventDefault()
        change(value + sign * (event.key === forward ? STEP_PX : -STEP_PX))
      }}
    />
  )
}
