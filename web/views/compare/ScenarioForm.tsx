/** What is otherwise in a scenario, one change after another; made and planned in one go. */
import { useState } from 'react'
import { describeScenario, type Problem, type ScenarioChange } from '../../../solver/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { Icon } from '../icons.tsx'
import { Segments } from '../parts.tsx'
import { SECONDS, useSeconds } from '../useSeconds.ts'

const KINDS = ['count', 'firm', 'windows', 'rates', 'noTerminal', 'body', 'pace'] as const
type Kind = (typeof KINDS)[number]
const MINUTES = [15, 30, 60, 120] as const

interface ScenarioFormProps {
  readonly problem: Problem
  readonly busy: boolean
  readonly onMake: (changes: readonly ScenarioChange[], name: string, seconds: number) => void
}

export function ScenarioForm({ problem, busy, onMake }: ScenarioFormProps) {
  const { t, language } = useWords()
  const [seconds, setSeconds] = useSeconds()
  const [changes, setChanges] = useState<readonly ScenarioChange[]>([])
  const [name, setName] = useState('')
  const [kind, setKind] = useState<Kind>('count')
  const [draft, setDraft] = useState<Readonly<Record<string, string>>>({})
  const set = (key: string, value: string) => setDraft((before) => ({ ...before, [key]: value }))
  const sending = new Set(problem.shipments.map(({ firm }) => firm))
  const firms = problem.firms.filter(({ id }) => sending.has(id))
  const truckName = ({ id, name: said }: Problem['vehicles'][number]) => said ?? id
  const vehicle = problem.vehicles.find(({ id }) => id === draft.vehicle) ?? problem.vehicles[0]
  const day = problem.tariffs.find(({ id }) => id === vehicle?.tariff)
  const dayKrw = day?.kind === 'contract' ? day.perDayKrw : undefined
  const number = (key: string, fallback: number) => {
    const value = Number(draft[key])
    return draft[key] === undefined || draft[key] === '' || !Number.isFinite(value) ? fallback : value
  }
  const like =
    problem.vehicles.find(({ id }) => id === draft.like) ?? problem.vehicles.find(({ id }) => id !== vehicle?.id)
  const change = ((): ScenarioChange | undefined => {
    switch (kind) {
      case 'count':
        return (
          vehicle && { kind, vehicle: vehicle.id, count: Math.max(0, Math.round(number('count', vehicle.count + 1))) }
        )
      case 'body':
        return (
          vehicle &&
          like && {
            kind,
            vehicle: vehicle.id,
            like: like.id,
            ...(dayKrw !== undefined && { perDayKrw: Math.max(0, number('perDay', dayKrw)) }),
          }
        )
      case 'firm': {
        const firm = firms.find(({ id }) => id === draft.firm) ?? firms[0]
        return firm && { kind, firm: firm.id }
      }
      case 'windows':
        return { kind, minutes: number('minutes', 30) }
      case 'noTerminal':
        return { kind }
      case 'rates': {
        const of = (['contract', 'hired', 'terminal'] as const).find((one) => one === draft.of) ?? 'hired'
        const part = draft.part === 'distance' && of !== 'terminal' ? 'distance' : 'all'
        return { kind, of, part, percent: clampPercent(100 + number('percent', 10)) }
      }
      case 'pace':
        return { kind, percent: clampPercent(100 + number('percent', 20)) }
    }
  })()
  const select = (key: string, label: string, options: readonly (readonly [string, string])[], value: string) => (
    <label className="scenario-field">
      <span>{label}</span>
      <select value={value} onChange={(event) => set(key, event.currentTarget.value)}>
        {options.map(([id, text]) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
  const field = (key: string, label: string, fallback: number, min: number, max: number) => (
    <label className="scenario-field">
      <span>{label}</span>
      <input
        type="number"
        inputMode="numeric"
        min={min}
        max={max}
        value={draft[key] ?? String(fallback)}
        onChange={(event) => set(key, event.currentTarget.value)}
      />
    </label>
  )
  const vehicles = problem.vehicles.map((one) => [one.id, truckName(one)] as const)
  return (
    <section className="card scenario-form" aria-labelledby="scenario-title">
      <h2 id="scenario-title">{t.twoPlans.make}</h2>
      <p className="faint small">{t.twoPlans.makeHint}</p>
      <div className="scenario-fields">
        <label className="scenario-field wide">
          <span>{t.twoPlans.kind}</span>
          <select
            value={kind}
            onChange={(event) => {
              setKind(KINDS.find((one) => one === event.currentTarget.value) ?? 'count')
              setDraft({})
            }}
          >
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {t.twoPlans.kinds[one]}
              </option>
            ))}
          </select>
        </label>
        {(kind === 'count' || kind === 'body') &&
          vehicle &&
          select('vehicle', t.twoPlans.vehicle, vehicles, vehicle.id)}
        {kind === 'count' && vehicle && field('count', t.twoPlans.trucks, vehicle.count + 1, 0, 10_000)}
        {kind === 'body' && like && select('like', t.twoPlans.like, vehicles, like.id)}
        {kind === 'body' && dayKrw !== undefined && field('perDay', t.twoPlans.perDay, dayKrw, 0, 1e9)}
        {kind === 'firm' &&
          select(
            'firm',
            t.twoPlans.firm,
            firms.map(({ id, name: said }) => [id, said] as const),
            draft.firm ?? firms[0]?.id ?? '',
          )}
        {kind === 'windows' &&
          select(
            'minutes',
            t.twoPlans.minutes,
            MINUTES.map((one) => [String(one), String(one)] as const),
            draft.minutes ?? '30',
          )}
        {kind === 'rates' &&
          select(
            'of',
            t.twoPlans.of,
            [
              ['contract', t.twoPlans.contract],
              ['hired', t.twoPlans.hiredTruck],
              ['terminal', t.twoPlans.terminal],
            ],
            draft.of ?? 'hired',
          )}
        {kind === 'rates' &&
          draft.of !== 'terminal' &&
          select(
            'part',
            t.twoPlans.part,
            [
              ['all', t.twoPlans.parts.all],
              ['distance', t.twoPlans.parts.distance],
            ],
            draft.part ?? 'all',
          )}
        {(kind === 'rates' || kind === 'pace') &&
          field('percent', t.twoPlans.percent, kind === 'rates' ? 10 : 20, -99, 900)}
        <button
          type="button"
          className="button"
          disabled={!change}
          onClick={() => {
            if (change) setChanges((before) => [...before, change])
            setDraft({})
          }}
        >
          <Icon name="plus" size={14} />
          {t.twoPlans.add}
        </button>
      </div>
      {changes.length > 0 && (
        <ul className="scenario-changes">
          {changes.map((one, index) => {
            const said = describeScenario(problem, [one], language)
            return (
              <li key={`${index} ${said}`} className="chip brand">
                {said}
                <button
                  type="button"
                  aria-label={t.twoPlans.drop(said)}
                  title={t.twoPlans.drop(said)}
                  onClick={() => setChanges((before) => before.filter((_, k) => k !== index))}
                >
                  <Icon name="close" size={11} />
                </button>
              </li>
            )
          })}
        </ul>
      )}
      <label className="scenario-field wide">
        <span>{t.twoPlans.name}</span>
        <input
          type="text"
          maxLength={120}
          value={name}
          placeholder={t.twoPlans.nameHint}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <div className="row wrap scenario-go">
        <Segments
          label={t.twoPlans.seconds}
          value={seconds}
          options={SECONDS.map((value) => ({ value, label: t.solve.secondsOption(Number(value)) }))}
          onChange={setSeconds}
        />
        <span className="push" />
        <button
          type="button"
          className="button primary"
          disabled={busy || changes.length === 0}
          title={changes.length === 0 ? t.twoPlans.nothingYet : undefined}
          onClick={() => {
            onMake(changes, name.trim(), Number(seconds))
            setChanges([])
            setName('')
          }}
        >
          <Icon name="play" size={14} />
          {t.twoPlans.plan}
        </button>
      </div>
    </section>
  )
}

const clampPercent = (percent: number): number => Math.min(1000, Math.max(1, Math.round(percent)))
