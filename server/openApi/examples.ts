/** What a reader can send as it is. A test sends each of the requests and compares the kind of the answer. */
export interface Example {
  readonly request?: unknown
  readonly response?: unknown
}

const windows = [[28_800, 64_800]]
const problem = {
  name: 'One pickup in Gwangju',
  startsAt: '2026-11-23T00:00:00+09:00',
  timeZone: 'Asia/Seoul',
  days: 1,
  sites: [
    { id: 'member', name: 'Hanam 1', lng: 126.801, lat: 35.203, windows },
    { id: 'steel', name: 'Pyeongdong 2', lng: 126.765, lat: 35.125, windows },
  ],
  firms: [{ id: 'mold', name: 'Mold Works', site: 'member' }],
  shipments: [{ id: 'plates', firm: 'mold', from: 'steel', to: 'member', weightKg: 800 }],
  vehicles: [{ id: 'spot', truck: '1t', kind: 'hired', shifts: windows, count: 2, tariff: 'trip', capacityKg: 1000 }],
  tariffs: [
    {
      id: 'trip',
      kind: 'hired',
      baseKrw: 30_000,
      perKmKrw: 1000,
      minimumKrw: 40_000,
      stopFeeKrw: 0,
      includedStops: 2,
      tollIncluded: true,
    },
  ],
}
const job = {
  ...{ id: 'h3Kx0aPq9_Zd', problem: 'b7Lm2sTu4-Yc', state: 'queued', createdAt: '2026-11-22T08:00:00.000Z' },
  ...{ priority: 0, attempt: 0, seconds: 10, elapsedS: 0, iterations: 0 },
}

export const EXAMPLES: Readonly<Record<string, Example>> = {
  createProblem: { request: problem, response: { id: 'b7Lm2sTu4-Yc', warnings: [] } },
  createProblemJob: { request: { seconds: 10, seed: 1 }, response: job },
  getJob: {
    response: {
      ...job,
      state: 'done',
      attempt: 1,
      elapsedS: 10,
      iterations: 41_000,
      costKrw: 46_000,
      plan: 'p1Qw8eRt5_Ui',
    },
  },
  getProblems: {
    response: {
      items: [
        {
          ...{ id: 'b7Lm2sTu4-Yc', complex: 'gwangju', name: 'One pickup in Gwangju', startsAt: problem.startsAt },
          ...{ days: 1, sites: 2, shipments: 1, vehicles: 1, plan: 'p1Qw8eRt5_Ui' },
        },
      ],
      next: 41,
    },
  },
  createWebhook: {
    request: { url: 'https://erp.example.com/milkrun', events: ['job.done', 'plan.confirmed'] },
    response: {
      ...{ id: 'w5Er6tYu7_Io', complex: 'gwangju', url: 'https://erp.example.com/milkrun' },
      ...{ events: ['job.done', 'plan.confirmed'], createdAt: '2026-11-23T00:00:00.000Z', createdBy: 'local' },
      secret: 'whsec_0000000000000000000000000000000000000000000',
    },
  },
  refusal: {
    response: {
      code: 'problem.faults',
      message: 'The input has 1 fault. Each is listed with its place and remedy; correct them and send it again.',
      issues: [
        {
          code: 'reference.unknown',
          severity: 'error',
          path: 'shipments/0/from',
          message: 'There is no site “nowhere”.',
          remedy: 'Name one of the sites, or add it.',
        },
      ],
      request: 'k2Jh4gFd6_Sa',
    },
  },
}
