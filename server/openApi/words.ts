/** The documentation page in Korean, by operation; the contract itself is in English, as generators and their users expect. */
export const KOREAN: Readonly<Record<string, string>> = {
  getLimits: '한 이용자가 쓸 수 있는 한도',
  getHealth: '프로세스가 살아 있는지',
  getReady: '일을 받을 수 있는지 (데이터베이스가 답하고, 끝내는 중이 아님)',
  getMetrics: 'Prometheus 지표 (이 컴퓨터에서만)',
  getComplexes: '단지와 그 날들',
  getProblems: '모든 문제의 목록',
  createProblem: '문제를 더한다. 고칠 곳은 모두 422 로 알려 준다',
  getProblem: '문제 하나',
  getShipments: '모든 문제의 화물, 새 문제부터',
  createProblemJob: '계획을 찾게 한다',
  getJobs: '모든 작업의 목록, 새것부터',
  getJob: '작업의 상태',
  removeJob: '작업을 취소하고 그 계획을 버린다',
  stopJob: '멈추고 가장 좋은 계획을 남긴다',
  retryJob: '실패했거나 버려진 작업을 다시 시도한다',
  getJobEvents: '작업의 사건을 실시간으로. Last-Event-ID 뒤부터 이어진다',
  getPlans: '모든 계획의 목록, 나중에 바뀐 것부터',
  getPlan: '계획 하나',
  replacePlan: '초안을 고친 계획으로 바꾼다. If-Match 로 고친 판을 알린다',
  getPlanGeojson: '지도에 그릴 경로',
  getPlanComparison: '비용을 기준선과 비교한다. 처음에는 몇 초 걸린다',
  getPlanExplainShipment: '화물이 왜 그렇게 가는지, 다르게 가면 얼마인지',
  getPlanSplit: '기업마다 얼마를 내는지, 쓸 수 있는 모든 방법으로',
  getPlanFile: '`milkrun check` 로 다시 확인할 수 있는 계획 파일',
  confirmPlan: '초안을 확정한다. 그 뒤로는 바뀌지 않는다',
  withdrawPlan: '확정을 거둔다. 계획은 기록으로 남는다',
  getAudit: '누가 언제 무엇을 바꿨는지, 새것부터',
  getAuditSeq: '변경 하나, 전과 후',
  getBackup: '모든 것을 파일 하나로. `milkrun restore` 로 되돌린다',
  getRoads: '지도의 간선 도로',
  createWebhook: '단지의 사건을 한 주소로 보내게 한다',
  getWebhooks: '모든 웹훅, 새것부터',
  getWebhook: '웹훅 하나',
  removeWebhook: '더는 보내지 않고 기록도 지운다',
  enableWebhook: '받지 못해 꺼진 주소로 다시 보낸다',
  getWebhookDeliveries: '보낸 것과 보낼 것, 그 답. 30일 동안 남는다',
  redeliverWebhookDelivery: '같은 id 와 본문으로 한 번 더 보낸다',
  createImport: '주문 파일을 하루에 하나씩 문제로 바꾼다. 틀린 줄은 까닭과 함께 돌려준다',
  getOpenapiJson: '이 계약 (OpenAPI 3.1)',
  getDocs: '이 화면',
}

export const TAGS: Readonly<Record<string, { readonly ko: string; readonly en: string }>> = {
  problems: { ko: '문제와 주문', en: 'Problems and orders' },
  jobs: { ko: '작업', en: 'Jobs' },
  plans: { ko: '계획', en: 'Plans' },
  webhooks: { ko: '웹훅', en: 'Webhooks' },
  service: { ko: '서비스', en: 'Service' },
}

export const PAGE_WORDS = {
  ko: {
    title: 'milkrun API',
    search: '찾기',
    find: '찾기',
    all: '모두 보기',
    none: '찾는 것이 없습니다. 다른 낱말로 찾아 보세요.',
    other: 'English',
    parameters: '매개변수',
    body: '본문',
    answers: '답',
    example: '예',
    needed: '꼭',
    codes: '거절 코드',
    code: '코드',
    status: '상태',
    remedy: '할 일',
    rules: '모두에 해당하는 것',
    about: [
      '돈은 원, 시간은 문제의 startsAt 부터 센 초입니다.',
      'Accept-Language 에 따라 한국어나 영어로 답합니다. 거절은 언제나 code, message, issues(path 와 remedy), request 를 담습니다.',
      '목록은 limit 과 after 로 나누어 읽습니다. 다음 쪽은 next 와 Link 헤더에 있습니다.',
      'GET 의 답에는 ETag 가 있습니다. If-None-Match 로 보내면 그대로일 때 304, If-Match 로 보내면 그 사이 바뀌었을 때 412 입니다.',
      'RateLimit 헤더가 남은 요청 수를, Retry-After 가 기다릴 시간을 알립니다. 한도는 GET /api/limits 에 있습니다.',
    ],
    webhooks: '웹훅 서명 확인하기 (Node.js)',
  },
  en: {
    title: 'milkrun API',
    search: 'Search',
    find: 'Search',
    all: 'Show all',
    none: 'Nothing is found. Try another word.',
    other: '한국어',
    parameters: 'Parameters',
    body: 'Body',
    answers: 'Answers',
    example: 'Example',
    needed: 'required',
    codes: 'Codes of refusals',
    code: 'Code',
    status: 'Status',
    remedy: 'What to do',
    rules: 'What holds everywhere',
    about: [
      'Money is whole won, times are whole seconds since startsAt of the problem.',
      'Answers are in Korean or English by Accept-Language. A refusal always has code, message, issues (with path and remedy) and request.',
      'Lists come in pages by limit and after; the next one is in next and in the header Link.',
      'Answers to GET have an ETag: with If-None-Match, 304 says that nothing has changed; with If-Match, 412 says that something has.',
      'RateLimit headers tell how many requests are left, Retry-After how long to wait. The limits are at GET /api/limits.',
    ],
    webhooks: 'Checking the signature of a webhook (Node.js)',
  },
} as const

export const SIGNATURE_EXAMPLE = `import { createHmac, timingSafeEqual } from 'node:crypto'

/** body: the bytes as they came, before any parsing. Older than five minutes counts as replayed. */
export function isFromMilkrun(body, header, secret, nowS = Date.now() / 1000) {
  const { t, v1 } = Object.fromEntries(header.split(',').map((part) => part.split('=')))
  const expected = createHmac('sha256', secret).update(\`\${t}.\${body}\`).digest()
  const given = Buffer.from(v1 ?? '', 'hex')
  return Math.abs(nowS - Number(t)) < 300 && given.length === expected.length && timingSafeEqual(given, expected)
}`
