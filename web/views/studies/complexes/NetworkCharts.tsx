/** A network as a person reads it: clusters one below the other, and one bar a supplier whose outage stops firms. */
import { useElementSize } from '@mantine/hooks'
import type { SinglePoint } from '../../../../study/index.ts'
import { useWords } from '../../../i18n/words.tsx'
import type { DrawnCluster } from '../../../state/complexes.ts'
import { cutTo } from '../text.ts'

const LINE = 22
const TITLE = 30
const GAP = 14

/** Suppliers left, firms right, a block a cluster: what goes along a line is its width. */
export function ClusterChart({
  clusters,
  nameOf,
}: {
  readonly clusters: readonly DrawnCluster[]
  readonly nameOf: (id: string) => string
}) {
  const { t, f } = useWords()
  const words = t.studyComplexes
  const { ref, width } = useElementSize()
  const side = Math.min(170, width * 0.34)
  const heights = clusters.map(
    ({ suppliers, firms, more }) =>
      TITLE + Math.max(suppliers.length, firms.length) * LINE + (more > 0 ? LINE : 0) + GAP,
  )
  const tops = heights.map((_, k) => heights.slice(0, k).reduce((sum, one) => sum + one, 0))
  const height = heights.reduce((sum, one) => sum + one, 0)
  // the shorter side stands in the middle of the longer one
  const yOf = (count: number, most: number, k: number) => TITLE + ((most - count) / 2 + k + 0.5) * LINE
  const label = clusters
    .map(
      ({ number, suppliers, firms, insideShare }) =>
        `${words.cluster(number)} (${words.inside(f.share(insideShare))}): ${words.suppliers} ${suppliers.map(nameOf).join(', ')}; ${words.members} ${firms.map(nameOf).join(', ')}`,
    )
    .join('. ')
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg className="chart" width={width} height={height} role="img" aria-label={label}>
          {clusters.map(({ number, suppliers, firms, more, insideShare, lines }, k) => {
            const most = Math.max(suppliers.length, firms.length)
            return (
              <g key={number} transform={`translate(0 ${tops[k]})`}>
                {k > 0 && <path d={`M0 0H${width}`} className="axis-line" />}
                <text x={0} y={20} className="bar-name">
                  {words.cluster(number)}
                </text>
                <text x={width} y={20} textAnchor="end" className="axis-text">
                  {words.inside(f.share(insideShare))}
                </text>
                {lines.map(({ supplier, firm, share }) => {
                  const [from, to] = [yOf(suppliers.length, most, supplier), yOf(firms.length, most, firm)]
                  const middle = width / 2
                  return (
                    <path
                      key={`${supplier} ${firm}`}
                      d={`M${side + 8} ${from}C${middle} ${from} ${middle} ${to} ${width - side - 8} ${to}`}
                      className="cluster-line"
                      style={{ strokeWidth: 0.8 + 5 * Math.sqrt(share) }}
                    />
                  )
                })}
                {suppliers.map((id, s) => (
                  <g key={id}>
                    <rect
                      x={side}
                      y={yOf(suppliers.length, most, s) - 4}
                      width={8}
                      height={8}
                      className="cluster-supplier"
                    />
                    <text
                      x={side - 6}
                      y={yOf(suppliers.length, most, s) + 4}
                      textAnchor="end"
                      className="axis-text ink-text"
                    >
                      {cutTo(nameOf(id), side - 8, 12)}
                    </text>
                  </g>
                ))}
                {firms.map((id, s) => (
                  <g key={id}>
                    <circle cx={width - side - 4} cy={yOf(firms.length, most, s)} r={4} className="cluster-firm" />
                    <text x={width - side + 6} y={yOf(firms.length, most, s) + 4} className="axis-text ink-text">
                      {cutTo(nameOf(id), side - 8, 12)}
                    </text>
                  </g>
                ))}
                {more > 0 && (
                  <text x={width / 2} y={TITLE + most * LINE + 15} textAnchor="middle" className="axis-text">
                    {words.andMore(more)}
                  </text>
                )}
              </g>
            )
          })}
        </svg>
      )}
    </div>
  )
}

export function PointBars({
  points,
  nameOf,
}: {
  readonly points: readonly SinglePoint[]
  readonly nameOf: (id: string) => string
}) {
  const { t, f } = useWords()
  const words = t.studyComplexes
  const { ref, width } = useElementSize()
  const row = 46
  const noteOf = ({ stops, cutOff, isCutVertex }: SinglePoint): string =>
    [
      words.pointsItems(stops.length),
      ...(cutOff.length > 0 ? [words.cutOff(cutOff.length)] : []),
      ...(isCutVertex ? [words.cutVertex] : []),
    ].join(' · ')
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg
          className="chart"
          width={width}
          height={points.length * row}
          role="img"
          aria-label={`${words.points}: ${points.map((point) => `${nameOf(point.supplier)} ${f.share(point.stopShare)}`).join(', ')}`}
        >
          {points.map((point, k) => (
            <g key={point.supplier}>
              <text x={0} y={k * row + 15} className="bar-name">
                {cutTo(nameOf(point.supplier), width - 60)}
              </text>
              <text x={width} y={k * row + 15} textAnchor="end" className="bar-value">
                {f.share(point.stopShare)}
              </text>
              <rect x={0} y={k * row + 20} width={width} height={8} rx={2} className="bar-track" />
              <rect
                x={0}
                y={k * row + 20}
                width={Math.max(2, point.stopShare * width)}
                height={8}
                rx={2}
                className="bar-stopped"
              />
              <text x={0} y={k * row + 41} className="axis-text">
                {cutTo(noteOf(point), width, 12)}
              </text>
            </g>
          ))}
        </svg>
      )}
    </div>
  )
}
