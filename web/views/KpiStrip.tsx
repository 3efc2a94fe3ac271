import type { Route } from '../../solver/index.ts'
import { useWords } from '../i18n/words.tsx'
import { type BaselineId, ceilingOf, savingOf } from '../state/kpi.ts'
import { CarbonCell } from './CarbonCell.tsx'
import { useDay } from './context.tsx'
import { Gauge } from './Gauge.tsx'
import { Icon } from './icons.tsx'
import { Breakdown, KpiCell } from './KpiCell.tsx'
import { Amount, Estimated, RouteBadge, Won } from './parts.tsx'
import { Sources } from './Sources.tsx'

export const BASELINES: readonly BaselineId[] = ['B0', 'B1', 'B2']

export function KpiStrip() {
  const { t } = useWords()
  return (
    <section className="kpis" aria-label={t.kpi.label}>
      <CostCell />
      <SavingCell />
      <TruckCells />
    </section>
  )
}

export function CostCell() {
  const { t } = useWords()
  const { day, kpis } = useDay()
  const rows = day?.plan?.costLines.map(({ kind, krw }) => ({
    key: kind,
    label: t.lines[kind],
    value: <Won krw={krw} />,
  }))
  return (
    <KpiCell
      name={t.kpi.cost}
      value={kpis && <Won krw={kpis.costKrw} />}
      note={kpis && t.kpi.costNote(kpis.routes, kpis.direct, kpis.unserved)}
      large
    >
      {kpis && (
        <>
          <Breakdown rows={rows ?? []} total={<Won krw={kpis.costKrw} />} />
          <Sources topics={['tariff', 'toll']} />
        </>
      )}
    </KpiCell>
  )
}

export function SavingCell() {
  const { t, f } = useWords()
  const { day, baseline, setBaseline, comparing, lowerKrw } = useDay()
  const names = { B0: t.compare.b0, B1: t.compare.b1, B2: t.compare.b2 }
  const savings = BASELINES.map((id) => ({ id, saving: day?.plan && savingOf(day.comparison, day.plan, id) }))
  const chosen = savings.find(({ id }) => id === baseline)?.saving
  const ceiling = chosen && lowerKrw !== undefined ? ceilingOf(chosen.baseline, lowerKrw) : undefined
  const others = savings.filter(({ id, saving }) => id !== baseline && saving)
  return (
    <div className="kpi-saving">
      <KpiCell
        name={`${t.kpi.saving} · ${t.kpi.against(baseline, names[baseline])}`}
        label={
          <>
            {t.kpi.saving} <span className="faint">·</span> {t.kpi.against(baseline, names[baseline])}{' '}
            <Icon name="down" size={11} />
          </>
        }
        value={
          chosen && (
            <span className={chosen.krw >= 0 ? 'good' : 'warn'}>
              <Amount figure={{ before: '', digits: f.share(chosen.share).replace('%', '').trim(), after: '%' }} />
            </span>
          )
        }
        note={
          chosen ? (
            <>
              <Won krw={chosen.krw} /> / <Won krw={chosen.baseline.costKrw} />
            </>
          ) : (
            day?.plan && (comparing ? t.kpi.pending : t.kpi.noComparison)
          )
        }
        title={t.kpi.chooseBaseline}
        large
      >
        <fieldset className="baseline-choice">
          <legend>{t.kpi.chooseBaseline}</legend>
          {savings.map(({ id, saving }) => (
            <label key={id}>
              <input type="radio" name="baseline" checked={id === baseline} onChange={() => setBaseline(id)} />
              <span className={`chip ${id === 'B1' ? 'brand' : ''}`}>{id}</span>
              <span className="baseline-name">{names[id]}</span>
              <span className="baseline-share">{saving ? f.share(saving.share) : '–'}</span>
              <span className="baseline-krw muted">{saving ? <Won krw={saving.baseline.costKrw} /> : '–'}</span>
            </label>
          ))}
        </fieldset>
      </KpiCell>
      {chosen && (
        <div className="kpi-gauge">
          <Gauge share={chosen.share} ceiling={ceiling} baseline={baseline} />
          <p className="kpi-others">
            {others.map(({ id, saving }) => saving && `${id} ${f.share(saving.share)}`).join(' · ')}
          </p>
        </div>
      )}
    </div>
  )
}

export function TruckCells() {
  const { t, f } = useWords()
  const { day, kpis } = useDay()
  const rows = (value: (route: NonNullable<typeof day>['routes'][number]) => string | undefined) =>
    (day?.routes ?? []).flatMap((model) => {
      const text = value(model)
      return text === undefined
        ? []
        : [{ key: model.route.id, label: <RouteBadge number={model.number} />, value: text }]
    })
  const direct = day?.plan?.direct.filter(({ route }) => route) ?? []
  const directRow = (value: string) =>
    direct.length > 0 ? [{ key: 'direct', label: `${t.kpi.direct} ${direct.length}`, value }] : []
  const truckOf = (vehicle: string) => {
    const found = day?.vehicles.get(vehicle)
    return found ? `${f.truck(found.truck)} ${t.kind[found.kind]}` : vehicle
  }
  const peakOf = ({ peakWeightKg, vehicle }: Route) =>
    f.share(peakWeightKg / (day?.vehicles.get(vehicle)?.capacityKg || Number.POSITIVE_INFINITY))
  const directM = direct.reduce((sum, { route }) => sum + (route?.distanceM ?? 0), 0)
  const waiting = rows(({ route }) => (route.waitS > 0 ? f.duration(route.waitS) : undefined))
  const resting = rows(({ route }) => (route.rests.length > 0 ? `${route.rests.length}${t.kpi.restUnit}` : undefined))
  const counted = (value: number, unit: string) => (
    <Amount figure={{ before: '', digits: f.whole(value), after: unit }} />
  )
  return (
    <>
      <KpiCell
        name={t.kpi.trucks}
        value={kpis && counted(kpis.contract + kpis.hired, t.kpi.truckUnit)}
        note={kpis && t.kpi.trucksNote(kpis.contract, kpis.hired)}
      >
        <Breakdown
          rows={[
            ...rows(({ route }) => truckOf(route.vehicle)),
            ...direct.map(({ shipment, route }) => ({
              key: shipment,
              label: t.mode.hired,
              value: truckOf(route?.vehicle ?? ''),
            })),
          ]}
        />
      </KpiCell>
      <KpiCell
        name={t.kpi.distance}
        label={
          <>
            {t.kpi.distance} <Estimated />
          </>
        }
        value={kpis && <Amount figure={{ before: '', digits: f.kmDigits(kpis.distanceM), after: ' km' }} />}
        note={kpis && t.kpi.distanceNote(f.km(kpis.emptyM), f.share(kpis.emptyM / Math.max(1, kpis.distanceM)))}
      >
        <Breakdown rows={[...rows(({ route }) => f.km(route.distanceM)), ...directRow(f.km(directM))]} />
        <Sources topics={['roads']} />
      </KpiCell>
      <CarbonCell />
      <KpiCell
        name={t.kpi.load}
        value={
          kpis?.loadFactor !== undefined && (
            <Amount figure={{ before: '', digits: f.share(kpis.loadFactor).replace('%', '').trim(), after: '%' }} />
          )
        }
        note={
          kpis?.peak &&
          t.kpi.loadNote(
            f.share(kpis.peak.share),
            kpis.peak.route === undefined ? t.mode.hired : t.routes.number(kpis.peak.route),
          )
        }
      >
        <Breakdown
          rows={[
            ...rows((model) => f.share(model.peakShare)),
            ...direct.flatMap(({ shipment, route }) =>
              route ? [{ key: shipment, label: t.mode.hired, value: peakOf(route) }] : [],
            ),
          ]}
          hint={t.kpi.loadHint}
        />
      </KpiCell>
      <KpiCell
        name={t.kpi.late}
        label={
          <>
            {t.kpi.late} <Estimated />
          </>
        }
        value={
          kpis && <span className={kpis.lateStops > 0 ? 'warn' : ''}>{counted(kpis.lateStops, t.kpi.lateUnit)}</span>
        }
        note={kpis && (kpis.slackS === undefined ? t.kpi.noSlack : t.kpi.slack(f.duration(kpis.slackS)))}
      >
        <Breakdown
          rows={rows(({ route }) => {
            const slackS = kpis?.slackOf.get(route.id)
            return slackS === undefined ? undefined : f.duration(slackS)
          })}
          hint={t.kpi.slackHint}
        />
        {kpis && kpis.waitS > 0 && (
          <>
            <h3 className="breakdown-title">{t.kpi.waitTotal(f.duration(kpis.waitS), kpis.waitStops)}</h3>
            <Breakdown rows={waiting} />
          </>
        )}
      </KpiCell>
      <KpiCell
        name={t.kpi.rest}
        label={
          <>
            {t.kpi.rest} <Estimated />
          </>
        }
        value={kpis && counted(kpis.rests, t.kpi.restUnit)}
        note={
          kpis && (
            <span className={kpis.restViolations > 0 ? 'bad' : ''}>
              {kpis.restViolations > 0 ? (
                t.kpi.restBroken(kpis.restViolations)
              ) : (
                <>
                  <Icon name="check" size={12} /> {t.kpi.restKept}
                </>
              )}
            </span>
          )
        }
      >
        {resting.length > 0 && <Breakdown rows={resting} />}
      </KpiCell>
      <KpiCell
        name={t.kpi.unserved}
        value={
          kpis && <span className={kpis.unserved > 0 ? 'bad' : ''}>{counted(kpis.unserved, t.kpi.unservedUnit)}</span>
        }
        note={kpis && (kpis.unserved > 0 ? t.kpi.unservedSome : t.kpi.unservedNone)}
      />
    </>
  )
}
