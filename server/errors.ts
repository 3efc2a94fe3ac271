/** Refusals: what is wrong, where, and what to do, in the reader's language; and the one place that turns errors into answers. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Issue, Locale } from '../solver/index.ts'
import type { ApiError } from './api.ts'
import { CODES } from './codes.ts'
import { outageOf } from './store/outage.ts'
import { ProviderError, type TravelProvider, type UnreachablePlace, type Words } from './travel/provider.ts'

export type { Words }

/** Not a bug: the caller (4xx, exit 2) or the outside world (5xx, exit 3) has to change something, and the words say what. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly words: Words
  readonly issues: readonly Issue[]
  /** After so long the same may succeed; goes out as Retry-After too. */
  readonly retryAfterS: number | undefined

  constructor(status: number, code: string, words: Words, issues: readonly Issue[] = [], retryAfterS?: number) {
    super(words.en)
    this.name = 'Refusal'
    this.status = status
    this.code = code
    this.words = words
    this.issues = issues
    this.retryAfterS = retryAfterS
  }
}

const NOUNS = {
  complex: { ko: '단지', en: 'complex' },
  problem: { ko: '문제', en: 'problem' },
  plan: { ko: '계획', en: 'plan' },
  planRoute: { ko: '노선', en: 'route' },
  job: { ko: '작업', en: 'job' },
  shipment: { ko: '화물', en: 'shipment' },
  account: { ko: '계정', en: 'account' },
  key: { ko: '키', en: 'key' },
  change: { ko: '변경 기록', en: 'change' },
  webhook: { ko: '웹훅', en: 'webhook' },
  delivery: { ko: '전송', en: 'delivery' },
  place: { ko: '주소', en: 'address' },
  correction: { ko: '조정', en: 'correction' },
  carrier: { ko: '운송사', en: 'carrier' },
  firm: { ko: '기업', en: 'firm' },
  study: { ko: '연구', en: 'study' },
  link: { ko: '기사 링크', en: 'driver link' },
  proof: { ko: '사진이나 서명', en: 'photo or signature' },
} as const satisfies Record<string, Words>

export function notFound(noun: keyof typeof NOUNS, id: string): Refusal {
  const shown = id.slice(0, 80)
  return new Refusal(404, `${noun}.unknown`, {
    ko: `찾을 수 없는 ${NOUNS[noun].ko}입니다: '${shown}'. 목록에서 다시 고르세요.`,
    en: `There is no ${NOUNS[noun].en} '${shown}'. Choose again from the list.`,
  })
}

/** The data cannot be planned as it is; every fault is listed. */
export function unprocessable(issues: readonly Issue[]): Refusal {
  const errors = issues.filter((issue) => issue.severity === 'error').length
  return new Refusal(
    422,
    'problem.faults',
    {
      ko: `입력에 고칠 곳이 ${errors}개 있습니다. 각 항목의 위치와 고치는 방법을 보고 고친 뒤 다시 보내세요.`,
      en: `The input has ${errors} ${errors === 1 ? 'fault' : 'faults'}. Each is listed with its place and remedy; correct them and send it again.`,
    },
    issues,
  )
}

/** The best of Korean and English by an Accept-Language header; Korean where it names neither. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((entry) => {
      const [tag, ...parameters] = entry.trim().toLowerCase().split(';')
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find((value) => value)
      return { language: tag!.split('-')[0], quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ language, quality }) => (language === 'ko' || language === 'en') && quality > 0)
    .sort((a, b) => b.quality - a.quality)
  return wanted[0]?.language === 'en' ? 'en' : 'ko'
}

const mebibytes = (bytes: number): string => `${Math.round((bytes / 2 ** 20) * 10) / 10} MB`

/** What the framework and its plugins refuse, in our words. */
function frameworkRefusal(error: FastifyError, request: FastifyRequest): Refusal {
  const status = error.statusCode ?? 500
  const locale = localeOf(request.headers['accept-language'])
  if (error.validation)
    return new Refusal(
      400,
      'request.shape',
      shapeWords(error),
      error.validation.map((fault) => shapeIssue(fault, locale)),
    )
  if (status === 413 || error.code === 'FST_REQ_FILE_TOO_LARGE') {
    const limit = mebibytes(request.routeOptions.bodyLimit ?? 0)
    return new Refusal(413, 'body.tooLarge', {
      ko: `보낸 내용이 ${limit}를 넘습니다. 날짜나 업체별로 나누어 보내세요.`,
      en: `The body is larger than ${limit}. Split it by day or by firm and send the parts.`,
    })
  }
  if (status === 415 || error.code === 'FST_INVALID_MULTIPART_CONTENT_TYPE') {
    return new Refusal(415, 'body.type', {
      ko: '받지 않는 Content-Type입니다. JSON은 application/json, 주문 파일은 text/csv나 application/octet-stream으로 보내세요.',
      en: 'This Content-Type is not accepted. Send JSON as application/json and order files as text/csv or application/octet-stream.',
    })
  }
  if (status === 429) {
    return new Refusal(429, 'request.tooMany', {
      ko: '요청이 너무 잦습니다. 잠시 뒤에 다시 시도하세요.',
      en: 'Too many requests. Wait a moment and try again.',
    })
  }
  if (status === 503) {
    return new Refusal(503, 'service.busy', {
      ko: '서비스가 바쁩니다. 몇 초 뒤에 다시 시도하세요.',
      en: 'The service is busy. Try again in a few seconds.',
    })
  }
  if (error.code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH') {
    return new Refusal(400, 'body.length', {
      ko: '본문의 길이가 Content-Length 와 다릅니다. 길이를 맞추거나 Content-Length 를 적지 마세요.',
      en: 'The body is not as long as Content-Length says. Correct that header or leave it out.',
    })
  }
  if (error.code === 'FST_ERR_BAD_URL') {
    return new Refusal(400, 'request.address', {
      ko: '주소를 읽을 수 없습니다. % 뒤에는 UTF-8 퍼센트 인코딩이 와야 합니다.',
      en: 'The address cannot be read. What follows a % has to be UTF-8 percent-encoding.',
    })
  }
  if (status === 414) {
    return new Refusal(414, 'request.addressTooLong', {
      ko: '주소가 너무 깁니다. id 는 90자까지입니다.',
      en: 'The address is too long. An id has 90 characters at most.',
    })
  }
  if (error instanceof SyntaxError || error.code?.startsWith('FST_ERR_CTP_')) {
    return new Refusal(status >= 400 && status < 500 ? status : 400, 'body.json', {
      ko: '본문이 올바른 JSON이 아닙니다. 보내기 전에 JSON 검사기로 확인하세요 (NaN, 주석, 마지막 쉼표는 쓸 수 없습니다).',
      en: 'The body is not valid JSON. Check it before sending (NaN, comments and trailing commas are not JSON).',
    })
  }
  return new Refusal(status, 'request.refused', {
    ko: '요청을 이해할 수 없습니다. 주소와 본문을 /api/openapi.json 의 형식과 맞추세요.',
    en: 'The request cannot be understood. Compare address and body with /api/openapi.json.',
  })
}

function shapeWords(error: FastifyError): Words {
  const part = error.validationContext ?? 'request'
  return {
    ko: `요청의 ${part} 형식이 맞지 않습니다. 아래 항목을 고쳐 다시 보내세요.`,
    en: `The ${part} of the request has the wrong shape. Correct what is listed and send it again.`,
  }
}

type Fault = NonNullable<FastifyError['validation']>[number]
const SHAPE_FAULTS: Readonly<Record<string, Words>> = {
  required: { ko: '빠졌습니다.', en: 'is missing' },
  additionalProperties: { ko: '모르는 항목입니다.', en: 'is not a known field' },
  type: { ko: '형이 맞지 않습니다.', en: 'has the wrong type' },
  minimum: { ko: '너무 작습니다.', en: 'is too small' },
  maximum: { ko: '너무 큽니다.', en: 'is too large' },
}

function shapeIssue({ keyword, instancePath, message, params }: Fault, locale: Locale): Issue {
  const field = String(params.additionalProperty ?? params.missingProperty ?? '')
  const path = [instancePath.slice(1), field].filter(Boolean).join('/') || '/'
  const { type, limit } = params
  const wanted = type === undefined ? (limit === undefined ? '' : ` (${String(limit)})`) : ` (${String(type)})`
  return {
    code: `request.${keyword}`,
    severity: 'error',
    path,
    message: `${SHAPE_FAULTS[keyword]?.[locale] ?? message ?? keyword}${wanted}`,
    remedy: locale === 'ko' ? '형식은 /api/openapi.json 을 보세요.' : 'See /api/openapi.json for the form.',
  }
}

/** The database or its disk, where it is their fault. */
export function worldRefusal(error: unknown): Refusal | undefined {
  const outage = outageOf(error)
  return outage && new Refusal(503, outage.code, outage.words)
}

function refusalOf(error: FastifyError | Refusal | ProviderError, request: FastifyRequest): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (error instanceof ProviderError) return providerRefusal(error, localeOf(request.headers['accept-language']))
  const outage = worldRefusal(error)
  if (outage) return outage
  const status = error.statusCode ?? 500
  return (status >= 400 && status < 500) || status === 503 ? frameworkRefusal(error, request) : undefined
}

/** Of these roads: so many sites were looked for on them. */
interface AskedRoads {
  readonly sites: number
  readonly provider: Pick<TravelProvider, 'name' | 'about'>
}

/**
 * Sites that no road reaches. Where it is half of them and more, it is rather the roads that are the wrong ones: that is said first,
 * with what to do, before each of the sites.
 */
export function lostSites(
  places: readonly UnreachablePlace[],
  { sites, provider }: AskedRoads,
  locale: Locale,
): Issue[] {
  const each = reachIssues(places, locale, 'warning')
  if (places.length < 2 || places.length * 2 < sites) return each
  const { kind, area, dataDate } = provider.about?.() ?? {}
  const [west, south, east, north] = area?.map((degrees) => degrees.toFixed(2)) ?? []
  const ko = [provider.name, area && `경도 ${west}–${east}, 위도 ${south}–${north}`, dataDate]
    .filter(Boolean)
    .join(', ')
  const en = [provider.name, area && `longitude ${west} to ${east}, latitude ${south} to ${north}`, dataDate]
    .filter(Boolean)
    .join(', ')
  const ours = kind === undefined || kind === 'trunk'
  const words =
    locale === 'ko'
      ? {
          message: `장소 ${sites}곳 가운데 ${places.length}곳이 쓰고 있는 도로(${ko}) 밖에 있습니다.`,
          remedy: ours
            ? '좌표를 확인하거나, 이곳을 담은 도로를 --roads(MILKRUN_ROADS)로 고르세요.'
            : '이곳을 담은 도로를 고르세요. 추정으로 계획하려면 --roads trunk(MILKRUN_ROADS=trunk).',
        }
      : {
          message: `${places.length} of ${sites} sites lie outside the roads in use (${en}).`,
          remedy: ours
            ? 'Check the coordinates, or choose roads that cover them with --roads (MILKRUN_ROADS).'
            : 'Choose roads that cover them, or plan on estimates with --roads trunk (MILKRUN_ROADS=trunk).',
        }
  return [{ code: 'sites.outsideRoads', severity: 'warning', path: 'sites', ...words }, ...each]
}

/** Places that no road reaches, as faults of a problem; an index among the places is one among the sites. */
const reachIssues = (places: readonly UnreachablePlace[], locale: Locale, severity: Issue['severity']): Issue[] =>
  places.map(({ index, id, lng, lat }) => ({
    code: 'site.unreachable',
    severity,
    path: `sites/${index}`,
    ...(locale === 'ko'
      ? {
          message: `장소 '${id}'(경도 ${lng}, 위도 ${lat})에 이르는 도로를 모릅니다. 길 자료가 있는 육지여야 합니다.`,
          remedy: '좌표를 확인하세요. 그대로 두면 이곳에서 싣거나 내리는 화물은 차로 나르지 못합니다.',
        }
      : {
          message: `No known road reaches site '${id}' (lng ${lng}, lat ${lat}); it has to lie on land that the source of roads covers.`,
          remedy: 'Check its coordinates. As they are, no truck carries what is loaded or unloaded there.',
        }),
  }))

/** Places at fault are the caller's to correct; a silent service is the world's. */
export function providerRefusal({ words: why, places }: ProviderError, locale: Locale): Refusal {
  if (places.length === 0) {
    return new Refusal(503, 'travel.unavailable', {
      ko: `이동시간을 구하지 못했습니다. ${why.ko}`,
      en: `Travel times are not available. ${why.en}`,
    })
  }
  const names = places.slice(0, 10).map(({ id }) => `'${id}'`)
  const list = `${names.join(', ')}${places.length > names.length ? ' …' : ''}`
  const words = {
    ko: `도로로 갈 수 없는 장소가 ${places.length}곳 있습니다: ${list}. 좌표를 확인하세요.`,
    en: `${places.length} ${places.length === 1 ? 'site' : 'sites'} cannot be reached by road: ${list}. Check the coordinates.`,
  }
  return new Refusal(422, 'travel.place', words, reachIssues(places, locale, 'error'))
}

/** Every refusal leaves the service by this door, in the shape of ErrorSchema; a bug is logged and shown as a number only. */
export function answerError(
  error: FastifyError | Refusal | ProviderError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const locale = localeOf(request.headers['accept-language'])
  const refusal = refusalOf(error, request)
  if (!refusal) request.log.error({ err: error }, 'bug')
  const given = refusal ?? bugRefusal(request.id)
  const { status, code } = given
  const retryAfterS = given.retryAfterS ?? (status === 503 ? RETRY_AFTER_S : undefined)
  if (retryAfterS !== undefined && !reply.hasHeader('retry-after')) reply.header('retry-after', retryAfterS)
  // what the framework has set, such as that of the rate limit
  const waitS = Number(reply.getHeader('retry-after')) || undefined
  const body = { ...errorBody(given, locale, request.id), ...(waitS !== undefined && { retryAfterS: waitS }) }
  request.refusal = code
  return reply.code(status).type('application/json; charset=utf-8').send(body)
}

/** In the shape of ErrorSchema. There is always at least one issue, so that a reader of issues alone misses nothing. */
export function errorBody({ code, words, issues }: Refusal, locale: Locale, request: string): ApiError {
  const message = words[locale]
  const remedy = CODES[code]?.remedy[locale] ?? message
  const all = issues.length > 0 ? [...issues] : [{ code, severity: 'error' as const, path: '/', message, remedy }]
  return { code, message, issues: all, request }
}

/** Of a service, road or database that is not there just now. */
const RETRY_AFTER_S = 5

const bugRefusal = (request: string): Refusal =>
  new Refusal(500, 'bug', {
    ko: `서비스의 오류입니다 (요청 ${request}). 기록되었으니 이 번호와 함께 알려 주세요.`,
    en: `A fault of the service (request ${request}). It has been recorded; please report it with this number.`,
  })
