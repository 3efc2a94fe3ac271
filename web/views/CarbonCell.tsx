/** CO2 of the day: burning the fuel, and beside it making and burning it. Two figures that are never added. */
import type { Burn } from '../../solver/index.ts'
import { useWords } from '../i18n/words.tsx'
import { useDay } from './context.tsx'
import { KpiCell } from './KpiCell.tsx'
import { Amount, Estimated, RouteBadge, Won } from './parts.tsx'
import { Sources } from './Sources.tsx'

export function CarbonCell() {
  const { t, f } = useWords()
  const { footprint } = useDay()
  return (
    <KpiCell
      name={t.carbon.label}
      label={
        <>
          {t.carbon.label} <Estimated />
        </>
      }
      value={footprint && <Amount figure={f.co2Figure(footprint.total.ttwCo2G)} />}
      note={footprint && t.carbon.note(f.co2(footprint.total.wtwCo2eG))}
    >
      {footprint && <CarbonBreakdown />}
    </KpiCell>
  )
}

function CarbonBreakdown() {
  const { t, f } = useWords()
  const { day, footprint } = useDay()
  if (!footprint) return null
  const { total, modes, emptyReturn, routes } = footprint
  const numbers = new Map(day?.routes.map(({ route, number }) => [route.id, number]))
  const cells = ({ fuelMl, ttwCo2G, wtwCo2eG }: Burn, litres = true) => (
    <>
      <td>{litres ? f.kmDigits(fuelMl) : <span className="faint">–</span>}</td>
      <td>{f.kmDigits(ttwCo2G)}</td>
      <td>{f.kmDigits(wtwCo2eG)}</td>
    </>
  )
  return (
    <div className="carbon scroll">
      <table className="carbon-table">
        <thead>
          <tr>
            <th scope="col">{t.carbon.of}</th>
            <th scope="col">{t.carbon.litres}</th>
            <th scope="col">{t.carbon.ttw}</th>
            <th scope="col">{t.carbon.wtw}</th>
          </tr>
        </thead>
        <tbody>
          {routes.map(({ route, ...burn }) => (
            <tr key={route}>
              <th scope="row">
                <RouteBadge number={numbers.get(route) ?? 0} />
              </th>
              {cells(burn)}
            </tr>
          ))}
          {modes.hired.ttwCo2G > 0 && (
            <tr>
              <th scope="row">{t.mode.hired}</th>
              {cells(modes.hired)}
            </tr>
          )}
          {modes.terminal.ttwCo2G > 0 && (
            <tr>
              <th scope="row">
                {t.mode.terminal} <span className="estimate">{t.kpi.estimated}</span>
              </th>
              {cells(modes.terminal, false)}
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr className="carbon-sum">
            <th scope="row">{t.kpi.total}</th>
            {cells(total)}
          </tr>
          {emptyReturn.ttwCo2G > 0 && (
            <tr className="carbon-beside">
              <th scope="row">{t.carbon.emptyReturn}</th>
              {cells(emptyReturn)}
            </tr>
          )}
        </tfoot>
      </table>
      <dl className="breakdown">
        <div>
          <dt>{t.carbon.fuel}</dt>
          <dd>
            <Won krw={total.fuelKrw} />
          </dd>
        </div>
        <div>
          <dt>{t.carbon.subsidy}</dt>
          <dd>
            <Won krw={-total.subsidyKrw} />
          </dd>
        </div>
        <div className="breakdown-total">
          <dt>{t.carbon.net}</dt>
          <dd>
            <Won krw={total.fuelKrw - total.subsidyKrw} />
          </dd>
        </div>
      </dl>
      <p className="breakdown-hint">{t.carbon.included}</p>
      <p className="breakdown-hint">{t.carbon.apart}</p>
      {!footprint.expresswaysKnown && <p className="breakdown-hint">{t.carbon.roadsUnknown}</p>}
      <Sources topics={['fuel', 'co2']} />
    </div>
  )
}
