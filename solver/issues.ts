/**
 * Faults in the caller's data: all of them at once, each with its place and remedy, in the reader's language.
 * The schema is asked first, then the meaning. The second part trusts nothing: it runs on documents with schema faults too.
 */
import { type Static, Type } from 'typebox'
import { Settings } from 'typebox/system'
import { Value } from 'typebox/value'
import { inOtherGwangju, isBusinessNumber, KOREA, namesOtherGwangju, nearGwangju } from './korea.ts'
import {
  ContractTariffSchema,
  DAY_S,
  HiredTariffSchema,
  ProblemSchema,
  type Shipment,
  ShipmentSchema,
  type Site,
  SiteSchema,
  type TerminalTariff,
  TerminalTariffSchema,
  type Vehicle,
  VehicleSchema,
} from './problem.ts'
import { STATIC_RULES } from './rules/static.ts'
import { fillWords, ISSUE_WORDS, type IssueCode, type Locale, TYPE_WORDS } from './words.ts'

export { isBusinessNumber, KOREA } from './korea.ts'
export { fillWords, LOCALES, type Locale } from './words.ts'

export const IssueSchema = Type.Object(
  {
    code: Type.String({ description: 'stable, for programs: window.closesBeforeOpens' }),
    severity: Type.Union([Type.Literal('error'), Type.Literal('warning')], {
      description: 'error: cannot be planned; warning: can be planned, probably not what was meant',
    }),
    path: Type.String({ description: 'vehicles/2/shifts/0, or row 14 column 중량' }),
    row: Type.Optional(Type.Integer({ description: 'line of the imported file, the header is 1' })),
    column: Type.Optional(Type.String({ description: 'header of the imported file' })),
    message: Type.String(),
    remedy: Type.String(),
  },
  { additionalProperties: false },
)
export type Issue = Static<typeof IssueSchema>

/** A document of which nothing is known yet. */
type Loose = Readonly<Record<string, unknown>>
type Say = (code: IssueCode, path: string, values?: Readonly<Record<string, string | number>>) => void

/** Every fault of a problem that came from outside. An empty list: it can be planned. Never throws. */
export function findIssues(input: unknown, locale: Locale = 'ko'): Issue[] {
  const issues: Issue[] = []
  const say: Say = (code, path, values = {}) => {
    const words = ISSUE_WORDS[code]
    const [message, remedy] = words[locale].map((text) => fillWords(text, values))
    issues.push({ code, severity: words.severity, path, message, remedy })
  }
  if (!isObject(input)) {
    say('problem.notObject', '')
    return issues
  }
  findSchemaIssues(input, locale, say)
  const problem = looseProblem(input)
  checkDay(input, say)
  checkIds(problem, say)
  checkReferences(problem, say)
  checkWindows(problem, say)
  checkSites(input, problem, say)
  checkShipments(problem, say)
  checkServable(problem, say)
  checkTariffs(problem, say)
  checkTravel(input.travel, problem, say)
  return issues
}

// ── the schema ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Beyond this the document is of another kind, and a list of its faults helps nobody. */
const MAX_SCHEMA_ISSUES = 5000

const TARIFF_SCHEMAS = { contract: ContractTariffSchema, hired: HiredTariffSchema, terminal: TerminalTariffSchema } as const
const CELLS = ['durationS', 'distanceM', 'tollKrw'] as const

function findSchemaIssues(input: Loose, locale: Locale, say: Say): void {
  // tariffs apart, so that each is held against its own kind; the cells of travel tables apart, because there may be millions
  const { tariffs, travel, ...rest } = input
  const faults = [
    ...errorsOf(ProblemSchema, {
      ...rest,
      ...('tariffs' in input && { tariffs: Array.isArray(tariffs) ? [] : tariffs }),
      ...('travel' in input && { travel: withoutCells(travel) }),
    }).map((fault) => ({ fault, schema: ProblemSchema as unknown, root: '' })),
    ...(Array.isArray(tariffs) ? tariffs : []).flatMap((tariff: unknown, index) => {
      const root = `/tariffs/${index}`
      if (isObject(tariff) && typeof tariff.kind === 'string' && !(tariff.kind in TARIFF_SCHEMAS)) {
        say('field.choice', `tariffs/${index}/kind`, { found: shown(tariff.kind), allowed: Object.keys(TARIFF_SCHEMAS).join(', ') })
        return []
      }
      const kind = isObject(tariff) && typeof tariff.kind === 'string' ? tariff.kind : 'hired'
      const schema = TARIFF_SCHEMAS[kind as keyof typeof TARIFF_SCHEMAS]
      const only = isObject(tariff) && typeof tariff.kind !== 'string' ? ['/kind'] : null // of what kind, we do not know
      return errorsOf(schema, tariff)
        .filter(({ instancePath, keyword }) => !only || only.includes(instancePath) || keyword === 'required')
        .map((fault) => ({ fault: only && fault.keyword === 'required' ? missingKind(fault) : fault, schema: schema as unknown, root }))
    }),
  ]
  if (faults.length > MAX_SCHEMA_ISSUES) say('issues.tooMany', '', { limit: MAX_SCHEMA_ISSUES })

  const told = new Set<string>()
  for (const { fault, schema, root } of faults.slice(0, MAX_SCHEMA_ISSUES)) {
    const path = (root + fault.instancePath).slice(1)
    const key = `${path} ${fault.keyword === 'required' || fault.keyword === 'additionalProperties' ? fault.keyword : ''}`
    if (told.has(key)) continue
    told.add(key)
    const inside = root === '' ? input : (input.tariffs as unknown[])[Number(root.slice(9))]
    saySchemaFault(fault, { path, found: valueAt(inside, fault.instancePath), schema, locale }, say)
  }
}

type SchemaFault = ReturnType<typeof Value.Errors>[number]

const missingKind = (fault: SchemaFault): SchemaFault =>
  ({ ...fault, params: { requiredProperties: ['kind'] } }) as SchemaFault

/** TypeBox stops at eight errors unless told otherwise, and is told for the whole process: put back at once. */
function errorsOf(schema: Type.TSchema, value: unknown): SchemaFault[] {
  if (Value.Check(schema, value)) return []
  const { maxErrors } = Settings.Get()
  Settings.Set({ maxErrors: MAX_SCHEMA_ISSUES + 1 })
  try {
    return [...Value.Errors(schema, value)]
  } finally {
    Settings.Set({ maxErrors })
  }
}

function saySchemaFault(
  fault: SchemaFault,
  at: { readonly path: string; readonly found: unknown; readonly schema: unknown; readonly locale: Locale },
  say: Say,
): void {
  const { path, found } = at
  const params = fault.params as Readonly<Record<string, unknown>>
  const under = (field: string): string => (path === '' ? field : `${path}/${field}`)
  const here = valueAt(at.schema, fault.schemaPath.slice(1))
  const isWindow = isObject(here) && Array.isArray(here.items)
  const limit = String(params.limit ?? '')
  switch (fault.keyword) {
    case 'required':
      for (const field of params.requiredProperties as string[]) say('field.missing', under(field), { field })
      return
    case 'additionalProperties': {
      const allowed = isObject(here) && isObject(here.properties) ? Object.keys(here.properties).join(', ') : ''
      for (const field of params.additionalProperties as string[]) say('field.unknown', under(field), { field, allowed })
      return
    }
    case 'boolean': // told by additionalProperties, or the third number of a window
      if (fault.schemaPath.endsWith('/additionalItems')) say('window.form', path.replace(/\/\d+$/, ''))
      return
    case 'enum':
      say('field.choice', path, { found: shown(found), allowed: (params.allowedValues as unknown[]).join(', ') })
      return
    case 'const':
      say('field.choice', path, { found: shown(found), allowed: String(params.allowedValue) })
      return
    case 'type': {
      if (/\/anyOf\/\d+$/.test(fault.schemaPath) && params.type === 'null') return // the other branch says what is wanted
      if (typeof found === 'number' && !Number.isFinite(found)) return say('number.notFinite', path)
      if (isWindow) return say('window.form', path)
      const expected = TYPE_WORDS[at.locale][String(params.type)] ?? String(params.type)
      return say('field.type', path, { expected, found: shown(found) })
    }
    case 'minimum':
      return say('number.tooSmall', path, { found: shown(found), limit })
    case 'maximum':
      return say('number.tooLarge', path, { found: shown(found), limit })
    case 'minLength':
    case 'maxLength':
      return say('text.length', path, { found: typeof found === 'string' ? found.length : 0, limit })
    case 'minItems':
    case 'maxItems':
      return isWindow ? say('window.form', path) : say('list.length', path, { found: Array.isArray(found) ? found.length : 0, limit })
    case 'anyOf':
      return // its branches have spoken
    default:
      return say('field.invalid', path, { found: shown(found), detail: fault.message })
  }
}

/** Travel as it came, but for the cells: `checkTravel` walks those. */
function withoutCells(travel: unknown): unknown {
  if (!isObject(travel) || !Array.isArray(travel.tables)) return travel
  return {
    ...travel,
    tables: travel.tables.map((table: unknown) =>
      isObject(table)
        ? { ...table, ...Object.fromEntries(CELLS.filter((name) => Array.isArray(table[name])).map((name) => [name, []])) }
        : table,
    ),
  }
}

// ── reading what may be anything ────────────────────────────────────────────────────────────────────────────────────────────────

const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value)
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
/** Entries of a list; what is no object counts as an empty one, so that the places stay right. */
const objectsOf = (value: unknown): readonly Loose[] => listOf(value).map((entry) => (isObject(entry) ? entry : {}))

const LISTS = ['sites', 'firms', 'shipments', 'vehicles', 'tariffs'] as const
type List = (typeof LISTS)[number]
interface LooseProblem extends Readonly<Record<List, readonly Loose[]>> {
  /** first entry of each list by its id */
  readonly byId: Readonly<Record<List, ReadonlyMap<string, Loose>>>
}

function looseProblem(input: Loose): LooseProblem {
  const lists = Object.fromEntries(LISTS.map((list) => [list, objectsOf(input[list])])) as Record<List, readonly Loose[]>
  const firstById = (entries: readonly Loose[]): ReadonlyMap<string, Loose> => {
    const byId = new Map<string, Loose>()
    for (const entry of entries) if (typeof entry.id === 'string' && !byId.has(entry.id)) byId.set(entry.id, entry)
    return byId
  }
  const byId = Object.fromEntries(LISTS.map((list) => [list, firstById(lists[list])])) as Record<List, ReadonlyMap<string, Loose>>
  return { ...lists, byId }
}

/** What stands at a JSON pointer, undefined where nothing does. */
function valueAt(root: unknown, pointer: string): unknown {
  let value = root
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Loose)[key]
  }
  return value
}

/** A value in a message: short, whatever it is. */
function shown(value: unknown): string {
  if (typeof value === 'string') return `“${value.length > 40 ? `${value.slice(0, 40)}…` : value}”`
  if (Array.isArray(value)) return `[… ${value.length}]`
  if (typeof value === 'object' && value !== null) return '{…}'
  return String(value)
}

/** 08:30, or +1 08:30 on the next day. */
function clock(atS: number): string {
  const day = Math.floor(atS / DAY_S)
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0')
  return `${day === 0 ? '' : `+${day} `}${two((atS % DAY_S) / 3600)}:${two((atS % 3600) / 60)}`
}

// ── the meaning ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/

function checkDay({ startsAt, timeZone }: Loose, say: Say): void {
  const zone = typeof timeZone === 'string' && isTimeZone(timeZone) ? timeZone : null
  if (typeof timeZone === 'string' && zone === null) say('timeZone.unknown', 'timeZone', { found: timeZone })
  if (typeof startsAt !== 'string') return
  const match = INSTANT.exec(startsAt)
  const instant = Date.parse(startsAt)
  // Date.parse takes 30 February for 2 March
  const isDay = match && new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]))).getUTCDate() === Number(match[3])
  if (!isDay || Number.isNaN(instant)) say('startsAt.form', 'startsAt', { found: startsAt })
  else if (zone !== null && !isMidnight(instant, zone))
    say('startsAt.notMidnight', 'startsAt', { found: startsAt, timeZone: zone })
}

function isTimeZone(name: string): boolean {
  try {
    return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false // RangeError is how Intl says so
  }
}

const isMidnight = (instant: number, timeZone: string): boolean =>
  new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' }).format(instant) === '00:00:00'

function checkIds(problem: LooseProblem, say: Say): void {
  for (const list of LISTS) {
    const first = new Map<string, number>()
    problem[list].forEach(({ id }, index) => {
      if (typeof id !== 'string') return
      if (first.has(id)) say('id.duplicate', `${list}/${index}/id`, { found: id, first: `${list}/${first.get(id)}` })
      else first.set(id, index)
    })
  }
}

function checkReferences(problem: LooseProblem, say: Say): void {
  const refer = (list: List, path: string, id: unknown): void => {
    if (typeof id === 'string' && !problem.byId[list].has(id)) say('reference.unknown', path, { found: id, list })
  }
  problem.firms.forEach((firm, index) => {
    refer('sites', `firms/${index}/site`, firm.site)
  })
  problem.shipments.forEach((shipment, index) => {
    refer('firms', `shipments/${index}/firm`, shipment.firm)
    refer('sites', `shipments/${index}/from`, shipment.from)
    refer('sites', `shipments/${index}/to`, shipment.to)
  })
  problem.vehicles.forEach((vehicle, index) => {
    for (const end of ['start', 'end'] as const) {
      refer('sites', `vehicles/${index}/${end}`, vehicle[end])
      if (vehicle.kind === 'contract' && (vehicle[end] === undefined || vehicle[end] === null))
        say('vehicle.contractWithoutDepot', `vehicles/${index}/${end}`, { found: text(vehicle.id) ?? index, end })
    }
    refer('tariffs', `vehicles/${index}/tariff`, vehicle.tariff)
    const tariff = problem.byId.tariffs.get(text(vehicle.tariff) ?? '')
    const [needs, has] = [text(vehicle.kind), text(tariff?.kind)]
    if ((needs === 'contract' || needs === 'hired') && has !== null && has in TARIFF_SCHEMAS && needs !== has)
      say('tariff.kind', `vehicles/${index}/tariff`, { vehicle: needs, tariff: has, found: text(tariff?.id) ?? '' })
  })
}

/** Windows that are two numbers in the right order; null: there is none of the name, so it does not bind. */
function windowsOf(value: unknown): readonly (readonly [number, number])[] | null {
  if (!Array.isArray(value)) return null
  return value.filter(
    (window): window is [number, number] => Array.isArray(window) && isNumber(window[0]) && isNumber(window[1]) && window[0] <= window[1],
  )
}

const WINDOW_FIELDS = [
  ['sites', 'windows'],
  ['shipments', 'pickupWindows'],
  ['shipments', 'deliveryWindows'],
  ['vehicles', 'shifts'],
] as const

function checkWindows(problem: LooseProblem, say: Say): void {
  for (const [list, field] of WINDOW_FIELDS)
    problem[list].forEach((entry, index) => {
      listOf(entry[field]).forEach((window, at) => {
        if (!Array.isArray(window) || !isNumber(window[0]) || !isNumber(window[1]) || window[0] <= window[1]) return
        const [open, close] = [clock(window[0]), clock(window[1])]
        say('window.closesBeforeOpens', `${list}/${index}/${field}/${at}`, { open, close })
      })
    })
}

function checkSites({ timeZone }: Loose, problem: LooseProblem, say: Say): void {
  problem.firms.forEach(({ businessNumber }, index) => {
    if (typeof businessNumber === 'string' && !isBusinessNumber(businessNumber))
      say('businessNumber.form', `firms/${index}/businessNumber`, { found: businessNumber })
  })
  if (timeZone !== KOREA.timeZone) return
  const points = problem.sites.map(({ lng, lat }) => (isNumber(lng) && isNumber(lat) ? { lng, lat } : null))
  const atGwangju = points.some((point) => point !== null && nearGwangju(point))
  problem.sites.forEach((site, index) => {
    const point = points[index]
    const found = text(site.name) ?? text(site.id) ?? String(index)
    if (point && !KOREA.contains(point)) {
      const swapped = KOREA.contains({ lng: point.lat, lat: point.lng })
      say(swapped ? 'coordinates.swapped' : 'coordinates.outsideKorea', `sites/${index}`, { site: found, ...point })
    } else if (atGwangju && ((point && inOtherGwangju(point)) || namesOtherGwangju(text(site.address) ?? '')))
      say('coordinates.otherGwangju', `sites/${index}`, { site: found })
  })
}

function checkShipments(problem: LooseProblem, say: Say): void {
  problem.shipments.forEach((shipment, index) => {
    const path = `shipments/${index}`
    const ready = isNumber(shipment.ready) ? shipment.ready : 0
    const due = isNumber(shipment.due) ? shipment.due : Number.POSITIVE_INFINITY
    const own = { pickup: windowsOf(shipment.pickupWindows), delivery: windowsOf(shipment.deliveryWindows) }

    if (typeof shipment.from === 'string' && shipment.from === shipment.to)
      say('shipment.sameSite', `${path}/to`, { found: shipment.from })
    if (isNumber(shipment.pieceKg) && isNumber(shipment.weightKg) && shipment.pieceKg > shipment.weightKg)
      say('shipment.pieceHeavier', `${path}/pieceKg`, { piece: shipment.pieceKg, weight: shipment.weightKg })
    if (Array.isArray(shipment.modes) && shipment.modes.length === 0) say('shipment.noMode', `${path}/modes`)

    if (due < ready) {
      say('shipment.dueBeforeReady', `${path}/due`, { due: clock(due), ready: clock(ready) })
      return
    }
    const lastClose = Math.max(...(own.delivery ?? []).map(([, close]) => close))
    if (own.delivery && own.delivery.length > 0 && lastClose < ready) {
      say('shipment.deliveryBeforeReady', `${path}/deliveryWindows`, { close: clock(lastClose), ready: clock(ready) })
      return
    }
    for (const [side, siteId] of [['pickup', shipment.from] as const, ['delivery', shipment.to] as const]) {
      const site = problem.byId.sites.get(text(siteId) ?? '')
      if (!site) continue
      const common = meet(meet([[ready, due]], windowsOf(site.windows)), own[side])
      const code = side === 'pickup' ? 'shipment.noPickupTime' : 'shipment.noDeliveryTime'
      if (common.length === 0) say(code, `${path}/${side}Windows`, { site: text(site.name) ?? '' })
    }
  })
}

/** What two lists of windows have in common; null binds nothing. */
const meet = (
  a: readonly (readonly [number, number])[],
  b: readonly (readonly [number, number])[] | null,
): readonly (readonly [number, number])[] =>
  b === null
    ? a
    : a.flatMap(([openA, closeA]) =>
        b
          .map(([openB, closeB]) => [Math.max(openA, openB), Math.min(closeA, closeB)] as const)
          .filter(([open, close]) => open <= close),
      )

/** Shipments that no truck can carry, by the rules the search uses. Asked only of entries that are sound by themselves. */
function checkServable(problem: LooseProblem, say: Say): void {
  const sound = <T>(schema: Type.TSchema, entries: Iterable<Loose>): T[] =>
    [...entries].filter((entry) => Value.Check(schema, entry)) as unknown as T[]
  const vehicles = sound<Vehicle>(VehicleSchema, problem.vehicles)
  const terminals = sound<TerminalTariff>(TerminalTariffSchema, problem.tariffs)
  const sites = new Map(sound<Site>(SiteSchema, problem.byId.sites.values()).map((site) => [site.id, site]))
  if (vehicles.length === 0) return
  const largest = Math.max(...vehicles.map(({ capacityKg }) => capacityKg))
  const barredBy = (name: string, shipment: Shipment, vehicle: Vehicle, from: Site, to: Site): boolean =>
    STATIC_RULES.some((rule) => (name === '' || rule.name === name) && rule.bars(shipment, vehicle, from, to) > 0)

  problem.shipments.forEach((loose, index) => {
    if (!Value.Check(ShipmentSchema, loose)) return
    const shipment: Shipment = loose
    const [from, to] = [sites.get(shipment.from), sites.get(shipment.to)]
    if (!from || !to) return
    const pieceKg = shipment.pieceKg ?? shipment.weightKg
    const byTerminal = terminals.some(({ maxPieceKg, maxShipmentKg }) => pieceKg <= maxPieceKg && shipment.weightKg <= maxShipmentKg)
    if (byTerminal && (shipment.modes?.includes('terminal') ?? true) && !shipment.mustGoAlone) return
    if (vehicles.some((vehicle) => !barredBy('', shipment, vehicle, from, to))) return

    const path = `shipments/${index}`
    if (shipment.weightKg > largest) return say('shipment.tooHeavy', `${path}/weightKg`, { weight: shipment.weightKg, largest })
    if (vehicles.every((vehicle) => barredBy('fitsTruck', shipment, vehicle, from, to)))
      return say('shipment.tooBulky', shipment.pallets ? `${path}/pallets` : `${path}/volumeL`)
    // the end where no truck and no gear help, asked one by one
    for (const site of [from, to]) {
      const lifted = vehicles.some(
        (vehicle) =>
          !barredBy('handling', shipment, vehicle, site, site) &&
          !barredBy('pieceWeight', shipment, vehicle, site, site) &&
          !barredBy('fitsTruck', shipment, vehicle, site, site),
      )
      if (!lifted) return say('shipment.noGear', `${path}/pieceKg`, { site: site.name, piece: pieceKg })
    }
    say('shipment.truckBarred', path, { from: from.name, to: to.name })
  })
}

function checkTariffs(problem: LooseProblem, say: Say): void {
  problem.tariffs.forEach((tariff, index) => {
    let before = 0
    objectsOf(tariff.zones).forEach((zone, at) => {
      const upto = isNumber(zone.uptoM) ? zone.uptoM : zone.uptoM === undefined ? Number.POSITIVE_INFINITY : null
      if (upto === null) return
      if (upto <= before)
        say('tariff.zoneUnreachable', `tariffs/${index}/zones/${at}`, { before: Number.isFinite(before) ? `${before} m` : '∞' })
      before = Math.max(before, upto)
    })
  })
}

function checkTravel(travel: unknown, problem: LooseProblem, say: Say): void {
  if (!isObject(travel) || !Array.isArray(travel.tables)) return
  const sites = problem.sites.length
  const tableOf = new Map<string, number>()
  objectsOf(travel.tables).forEach((table, index) => {
    for (const truck of listOf(table.trucks)) {
      if (typeof truck !== 'string') continue
      const first = tableOf.get(truck)
      if (first !== undefined && first !== index)
        say('travel.truckTwice', `travel/tables/${index}/trucks`, { truck, first: `tables/${first}` })
      else tableOf.set(truck, index)
    }
    for (const name of CELLS) {
      const cells = table[name]
      if (!Array.isArray(cells)) continue
      const path = `travel/tables/${index}/${name}`
      const expected = sites * sites
      if (cells.length !== expected) say('travel.tableSize', path, { found: cells.length, sites, expected })
      let count = 0
      let first = -1
      for (let cell = 0; cell < cells.length; cell++) {
        if (Number.isInteger(cells[cell]) && cells[cell] >= 0 && cells[cell] <= 2_000_000_000) continue
        if (count++ === 0) first = cell
      }
      if (count === 0) continue
      const [from, to] = [Math.floor(first / Math.max(1, sites)), first % Math.max(1, sites)]
      say('travel.cell', path, { count, from, to, found: shown(cells[first]) })
    }
  })
  const missing = new Set(problem.vehicles.flatMap(({ truck }) => (typeof truck === 'string' && !tableOf.has(truck) ? [truck] : [])))
  for (const truck of missing) say('travel.truckMissing', 'travel/tables', { truck })
}
