/** Talks to the service. Every failure is a ServiceError; status 0 means that nothing answered. */
import type {
  Account,
  AccountList,
  Actuals,
  Adopt,
  Aggregate,
  Answer,
  ApiError,
  ApiKey,
  AppliedHorizon,
  Board,
  Boards,
  Candidates,
  CarrierStatement,
  Complex,
  Correction,
  Day,
  DayChanged,
  DayOrders,
  DayPlan,
  DayPlans,
  Dispatch,
  Dispatches,
  DisturbedAnswer,
  DisturbRequest,
  DriverLinks,
  FootprintAnswer,
  GeoJson,
  Guide,
  HorizonRecord,
  ImportResult,
  Job,
  JobRequest,
  Joined,
  JudgedProposal,
  JudgedTruck,
  Me,
  MeasuredAnswer,
  Messages,
  Month,
  MyCarrier,
  MyShipment,
  NewAccount,
  NewActual,
  NewCorrection,
  NewHorizon,
  NewKey,
  NewMessage,
  NewScenario,
  NewScenarioAnswer,
  OrderChange,
  OrderRows,
  Place,
  Places,
  PlacesImport,
  Proofs,
  PutDispatch,
  Repaired,
  Review,
  Roads,
  SetDays,
  Sheet,
  Statement,
  StoredPlan,
  Streets,
  Taken,
} from '../../server/api.ts'
import type {
  Change,
  Comparison,
  Issue,
  Plan,
  Problem,
  ShipmentExplanation,
  Split,
  Travel,
} from '../../solver/index.ts'

export class ServiceError extends Error {
  override readonly name = 'ServiceError'
  readonly status: number
  readonly code: string
  readonly issues: readonly Issue[]

  constructor(status: number, code: string, message: string, issues: readonly Issue[] = []) {
    super(message)
    this.status = status
    this.code = code
    this.issues = issues
  }

  /** The session is over. */
  get signedOut(): boolean {
    return this.code === 'session.none'
  }

  /** Nothing answered, or something in between said so. */
  get unreachable(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504
  }
}

/** What this page calls itself, so that it is not told of its own changes. */
export const PAGE = Math.random().toString(36).slice(2)

interface Options {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly body?: unknown
  /** in place of a body: sent as it is */
  readonly file?: File
  /** of what is changed: the version that was seen */
  readonly ifMatch?: string
  readonly signal?: AbortSignal | undefined
}

/** A service that is held up has done nothing with what it refuses: it is asked so many times before anybody is told. */
const BUSY_TRIES = 5
const BUSY_PAUSE_MS = 1500

export async function request<T>(path: string, options: Options = {}): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await requestOnce<T>(path, options)
    } catch (error) {
      const busy = error instanceof ServiceError && error.code === 'service.busy'
      if (!busy || tries === BUSY_TRIES || options.signal?.aborted) throw error
      await new Promise((resolve) => setTimeout(resolve, BUSY_PAUSE_MS))
    }
  }
}

async function requestOnce<T>(path: string, { method = 'GET', body, file, ifMatch, signal }: Options): Promise<T> {
  let response: Response
  try {
    response = await fetch(`/api${path}`, {
      method,
      signal: signal ?? null,
      headers: {
        accept: 'application/json',
        // a page of another site cannot send it
        'x-milkrun': '1',
        'x-milkrun-page': PAGE,
        // refusals are worded in the language of the page
        'accept-language': document.documentElement.lang || 'ko',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(file && { 'content-type': 'application/octet-stream' }),
        ...(ifMatch && { 'if-match': ifMatch }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(file && { body: file }),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ServiceError(0, 'unreachable', error instanceof Error ? error.message : String(error))
  }
  if (response.status === 204) return undefined as T
  const answer: unknown = await response.json().catch(() => undefined)
  if (response.ok && answer !== undefined) return answer as T
  const { code = 'unreadable', message = response.statusText, issues = [] } = (answer ?? {}) as Partial<ApiError>
  throw new ServiceError(response.ok ? 502 : response.status, code, message, issues)
}

const id = encodeURIComponent
/** Photos and signatures of a plan; `own`: the round of the own carrier, of which it may see them. */
export interface ProofsOf {
  readonly plan: string
  readonly own?: string
}
const proofsPath = ({ plan, own }: ProofsOf): string =>
  own === undefined ? `/plans/${id(plan)}/proofs` : `/my/sheets/${id(plan)}/${id(own)}/proofs`
const versionTag = (version: number) => `"v${version}"`

interface Page<T> {
  readonly items: readonly T[]
  readonly next?: number
}

export const service = {
  complexes: (signal?: AbortSignal) => request<Complex[]>('/complexes', { signal }),
  problem: (problem: string, signal?: AbortSignal) => request<Problem>(`/problems/${id(problem)}`, { signal }),
  plan: (plan: string, signal?: AbortSignal) => request<StoredPlan>(`/plans/${id(plan)}`, { signal }),
  /** What the plan was made on, for judging changes of it. */
  travel: (plan: string, signal?: AbortSignal) => request<Travel>(`/plans/${id(plan)}/travel`, { signal }),
  savePlan: (plan: string, version: number, body: Plan) =>
    request<StoredPlan>(`/plans/${id(plan)}`, { method: 'PUT', body, ifMatch: versionTag(version) }),
  confirmPlan: (plan: string, version: number) =>
    request<StoredPlan>(`/plans/${id(plan)}/confirm`, { method: 'POST', ifMatch: versionTag(version) }),
  /** Makes the little that was said to be missing; the day then has another problem. */
  repair: (plan: string, version: number, body: { readonly shipment: string; readonly changes: readonly Change[] }) =>
    request<Repaired>(`/plans/${id(plan)}/repair`, { method: 'POST', body, ifMatch: versionTag(version) }),
  /** The draft that is changed instead. */
  revisePlan: (plan: string, version: number) =>
    request<StoredPlan>(`/plans/${id(plan)}/revise`, { method: 'POST', ifMatch: versionTag(version) }),
  planGeoJson: (plan: string, zoom: number, signal?: AbortSignal) =>
    request<GeoJson>(`/plans/${id(plan)}/geojson?zoom=${zoom}`, { signal }),
  routeGuide: (plan: string, route: string, signal?: AbortSignal) =>
    request<Guide>(`/plans/${id(plan)}/routes/${id(route)}/guide`, { signal }),
  sheetGuide: (plan: string, route: string, signal?: AbortSignal) =>
    request<Guide>(`/my/sheets/${id(plan)}/${id(route)}/guide`, { signal }),
  roads: (signal?: AbortSignal) => request<GeoJson>('/roads', { signal }),
  streets: (signal?: AbortSignal) => request<Streets>('/streets', { signal }),
  roadsSource: (signal?: AbortSignal) => request<Roads>('/roads/source', { signal }),
  comparison: (plan: string, signal?: AbortSignal) => request<Comparison>(`/plans/${id(plan)}/comparison`, { signal }),
  footprint: (plan: string, signal?: AbortSignal) =>
    request<FootprintAnswer>(`/plans/${id(plan)}/footprint`, { signal }),
  split: (plan: string, methods: 'quick' | 'all', signal?: AbortSignal) =>
    request<Split[]>(`/plans/${id(plan)}/split?methods=${methods}`, { signal }),
  explanation: (plan: string, shipment: string, signal?: AbortSignal) =>
    request<ShipmentExplanation[]>(`/plans/${id(plan)}/explain/${id(shipment)}`, { signal }),
  startJob: (problem: string, body: JobRequest) =>
    request<Job>(`/problems/${id(problem)}/jobs`, { method: 'POST', body }),
  job: (job: string, signal?: AbortSignal) => request<Job>(`/jobs/${id(job)}`, { signal }),
  stopJob: (job: string) => request<Job>(`/jobs/${id(job)}/stop`, { method: 'POST' }),
  me: (signal?: AbortSignal) => request<Me>('/me', { signal }),
  signIn: (email: string, password: string) => request<void>('/session', { method: 'POST', body: { email, password } }),
  signOut: () => request<void>('/session', { method: 'DELETE' }),
  signOutEverywhere: () => request<void>('/me/sessions', { method: 'DELETE' }),
  changePassword: (current: string, next: string) =>
    request<void>('/me/password', { method: 'POST', body: { current, next } }),
  readLink: (token: string) =>
    request<{ readonly email: string | null }>('/links/read', { method: 'POST', body: { token } }),
  useLink: (body: { token: string; password: string; email?: string; name?: string }) =>
    request<{ readonly email: string }>('/links/use', { method: 'POST', body }),
  accounts: (signal?: AbortSignal) => request<AccountList>('/accounts', { signal }),
  addAccount: (body: NewAccount) => request<Account>('/accounts', { method: 'POST', body }),
  removeAccount: (account: string) => request<void>(`/accounts/${id(account)}`, { method: 'DELETE' }),
  removeRole: (account: string, member: string) =>
    request<void>(`/accounts/${id(account)}/roles/${id(member)}`, { method: 'DELETE' }),
  passwordLink: (account: string) => request<Account>(`/accounts/${id(account)}/link`, { method: 'POST' }),
  openToPolicy: (complex: string, open: boolean) =>
    request<{ readonly open: boolean }>(`/complexes/${id(complex)}/policy`, { method: 'PUT', body: { open } }),
  keys: (signal?: AbortSignal) => request<ApiKey[]>('/keys', { signal }),
  addKey: (body: NewKey) => request<ApiKey>('/keys', { method: 'POST', body }),
  revokeKey: (key: string) => request<void>(`/keys/${id(key)}`, { method: 'DELETE' }),
  month: (complex: string, month: string, signal?: AbortSignal) =>
    request<Month>(`/complexes/${id(complex)}/months/${month}`, { signal }),
  correct: (complex: string, month: string, body: NewCorrection) =>
    request<Correction>(`/complexes/${id(complex)}/months/${month}/corrections`, { method: 'POST', body }),
  closeMonth: (
    complex: string,
    month: string,
    leftOut: readonly { readonly date: string; readonly reason: string }[],
  ) => request<Month>(`/complexes/${id(complex)}/months/${month}/close`, { method: 'POST', body: { leftOut } }),
  carrierStatement: (whose: string, month: string, signal?: AbortSignal) =>
    request<CarrierStatement>(`/my/carrier-statement?month=${month}&${whose}`, { signal }),
  myShipments: (whose: string, after: number, signal?: AbortSignal) =>
    request<Page<MyShipment>>(`/my/shipments?limit=50&after=${after}&${whose}`, { signal }),
  statement: (whose: string, month: string, signal?: AbortSignal) =>
    request<Statement>(`/my/statement?month=${month}&${whose}`, { signal }),
  sheets: (whose: string, signal?: AbortSignal) => request<Page<Sheet>>(`/my/sheets?limit=20&${whose}`, { signal }),
  dispatches: (plan: string, signal?: AbortSignal) => request<Dispatches>(`/plans/${id(plan)}/dispatch`, { signal }),
  putDispatch: (plan: string, route: string, body: PutDispatch) =>
    request<Dispatch>(`/plans/${id(plan)}/dispatch/${id(route)}`, { method: 'PUT', body }),
  offerAll: (plan: string) => request<Dispatches>(`/plans/${id(plan)}/dispatch/offer`, { method: 'POST' }),
  proposal: (plan: string, route: string, signal?: AbortSignal) =>
    request<JudgedProposal>(`/plans/${id(plan)}/dispatch/${id(route)}/proposal`, { signal }),
  takeProposal: (plan: string, planVersion: number, route: string, version: number) =>
    request<Taken>(`/plans/${id(plan)}/dispatch/${id(route)}/take`, {
      method: 'POST',
      body: { version },
      ifMatch: versionTag(planVersion),
    }),
  myCarrier: (whose: string, signal?: AbortSignal) => request<MyCarrier>(`/my/carrier?${whose}`, { signal }),
  answerSheet: (plan: string, route: string, body: Answer) =>
    request<Dispatch>(`/my/sheets/${id(plan)}/${id(route)}`, { method: 'PUT', body }),
  judgeTruck: (plan: string, route: string, vehicle: string, signal?: AbortSignal) =>
    request<JudgedTruck>(`/my/sheets/${id(plan)}/${id(route)}/judge`, { method: 'POST', body: { vehicle }, signal }),
  aggregates: (month: string, signal?: AbortSignal) => request<Aggregate[]>(`/aggregates?month=${month}`, { signal }),
  places: (complex: string, state: 'open' | 'placed', after: number, signal?: AbortSignal) =>
    request<Places>(`/places?complex=${id(complex)}&state=${state}&limit=100&after=${after}`, { signal }),
  candidates: (place: string, signal?: AbortSignal) =>
    request<Candidates>(`/places/${id(place)}/candidates`, { signal }),
  place: (place: string, point: { readonly lng: number; readonly lat: number }) =>
    request<Place>(`/places/${id(place)}`, { method: 'PUT', body: point }),
  joinOrders: (complex: string) => request<Joined>(`/places/orders?complex=${id(complex)}`, { method: 'POST' }),
  forgetPlace: (place: string) => request<void>(`/places/${id(place)}`, { method: 'DELETE' }),
  importPlaces: (complex: string, file: File) =>
    request<PlacesImport>(`/places/import?complex=${id(complex)}&name=${id(file.name)}`, { method: 'POST', file }),
  checkOrders: (query: string, source: File | OrderRows, signal?: AbortSignal) =>
    request<Review>(`/imports/check?${query}`, {
      method: 'POST',
      signal,
      ...(source instanceof File ? { file: source } : { body: source }),
    }),
  importOrders: (query: string, body: OrderRows) =>
    request<ImportResult>(`/imports?${query}`, { method: 'POST', body }),
  dayOrders: (complex: string, date: string, signal?: AbortSignal) =>
    request<DayOrders>(`/complexes/${id(complex)}/days/${date}/orders`, { signal }),
  changeOrders: (complex: string, date: string, standing: string | null, body: OrderChange) =>
    request<DayChanged>(`/complexes/${id(complex)}/days/${date}/orders`, {
      method: 'PATCH',
      body,
      ifMatch: `"${standing ?? 'none'}"`,
    }),
  templateAddress: (complex: string) => `/api/imports/template?complex=${id(complex)}&format=xlsx`,
  dayPlans: (complex: string, date: string, signal?: AbortSignal) =>
    request<DayPlans>(`/complexes/${id(complex)}/days/${date}/plans`, { signal }),
  plansOf: (problem: string, signal?: AbortSignal) =>
    request<Page<Omit<DayPlan, 'routes'>>>(`/plans?limit=20&problem=${id(problem)}`, { signal }),
  jobsOf: (problem: string, signal?: AbortSignal) =>
    request<Page<Job>>(`/jobs?limit=5&problem=${id(problem)}`, { signal }),
  addScenario: (problem: string, body: NewScenario) =>
    request<NewScenarioAnswer>(`/problems/${id(problem)}/scenarios`, { method: 'POST', body }),
  copyPlan: (problem: string, from: string) =>
    request<StoredPlan>(`/problems/${id(problem)}/plans`, { method: 'POST', body: { from } }),
  setDays: (complex: string, body: SetDays) =>
    request<Day[]>(`/complexes/${id(complex)}/days`, { method: 'PUT', body }),
  horizons: (complex: string, signal?: AbortSignal) =>
    request<HorizonRecord[]>(`/complexes/${id(complex)}/horizons`, { signal }),
  addHorizon: (complex: string, body: NewHorizon) =>
    request<HorizonRecord>(`/complexes/${id(complex)}/horizons`, { method: 'POST', body }),
  applyHorizon: (problem: string, plan: string) =>
    request<AppliedHorizon>(`/horizons/${id(problem)}/apply`, { method: 'POST', body: { plan } }),
  actuals: (plan: string, signal?: AbortSignal) => request<Actuals>(`/plans/${id(plan)}/actuals`, { signal }),
  recordActuals: (plan: string, events: readonly NewActual[]) =>
    request<Actuals>(`/plans/${id(plan)}/actuals`, { method: 'POST', body: { events } }),
  links: (plan: string, signal?: AbortSignal) => request<DriverLinks>(`/plans/${id(plan)}/links`, { signal }),
  makeLinks: (plan: string) => request<DriverLinks>(`/plans/${id(plan)}/links`, { method: 'POST', body: {} }),
  changeLink: (plan: string, link: string, act: 'revoke' | 'renew' | 'release') => {
    const path = `/plans/${id(plan)}/links/${id(link)}`
    return act === 'revoke'
      ? request<DriverLinks>(path, { method: 'DELETE' })
      : request<DriverLinks>(`${path}/${act}`, { method: 'POST' })
  },
  proofs: (of: ProofsOf, signal?: AbortSignal) => request<Proofs>(proofsPath(of), { signal }),
  /** where the picture is */
  proof: (of: ProofsOf, proof: string) => `/api${proofsPath(of)}/${id(proof)}`,
  actualsFile: (plan: string, format: 'csv' | 'xlsx') => `/api/plans/${id(plan)}/actuals/file?format=${format}`,
  board: (plan: string, signal?: AbortSignal) => request<Board>(`/plans/${id(plan)}/board`, { signal }),
  measured: (complex: string, signal?: AbortSignal) =>
    request<MeasuredAnswer>(`/complexes/${id(complex)}/measured`, { signal }),
  adoptMeasured: (complex: string, body: Adopt) =>
    request<Adopt>(`/complexes/${id(complex)}/measured/adopt`, { method: 'POST', body }),
  ownBoard: (whose: string, signal?: AbortSignal) => request<Boards>(`/my/board?${whose}`, { signal }),
  sendMessage: (plan: string, body: NewMessage) =>
    request<Messages>(`/plans/${id(plan)}/messages`, { method: 'POST', body }),
  readMessages: (plan: string, messages: readonly { readonly id: string; readonly route: string }[]) =>
    request<Messages>(`/plans/${id(plan)}/messages/read`, { method: 'POST', body: { messages } }),
  disturb: (plan: string, body: DisturbRequest) =>
    request<DisturbedAnswer>(`/plans/${id(plan)}/disturb`, { method: 'POST', body }),
  confirmRevision: async ({ id: plan, version }: StoredPlan) =>
    await request<StoredPlan>(`/plans/${id(plan)}/confirm`, { method: 'POST', ifMatch: `"v${version}"` }),
  /** where the streams are */
  complexEvents: (complex: string, date: string) => `/api/complexes/${id(complex)}/events?date=${date}&page=${PAGE}`,
  jobEvents: (job: string) => `/api/jobs/${id(job)}/events`,
}
