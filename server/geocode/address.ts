/** Korean addresses as people write them, in one form: what region they name, and how near to a door they come. Pure. */

/** Short names of the provinces and metropolitan cities, and every other way to write them. */
const SIDO: Readonly<Record<string, readonly string[]>> = {
  서울: ['서울특별시', '서울시'],
  부산: ['부산광역시', '부산시'],
  대구: ['대구광역시', '대구시'],
  인천: ['인천광역시', '인천시'],
  대전: ['대전광역시', '대전시'],
  울산: ['울산광역시', '울산시'],
  세종: ['세종특별자치시', '세종시'],
  경기: ['경기도'],
  강원: ['강원특별자치도', '강원도'],
  충북: ['충청북도', '충북도'],
  충남: ['충청남도', '충남도'],
  전북: ['전북특별자치도', '전라북도', '전북도'],
  전남: ['전라남도', '전남도'],
  경북: ['경상북도', '경북도'],
  경남: ['경상남도', '경남도'],
  제주: ['제주특별자치도', '제주도'],
  // a union of the two is under way; its name tells neither from the other (G)
  전남광주: ['전남광주통합특별시', '광주전남통합특별시', '전남광주특별시', '광주전남특별시'],
  // bare 광주 and 광주시 are not here: they may be either city
  광주: ['광주광역시'],
}
const SIDO_OF = new Map(
  Object.entries(SIDO).flatMap(([short, names]) => [
    ...(short === '광주' ? [] : [[short, short] as const]),
    ...names.map((name) => [name, short] as const),
  ]),
)

/** Of 광주광역시, and of 경기 광주시: names that tell the one from the other (G). */
const METROPOLITAN_PARTS = new Set(['광산구', '동구', '서구', '남구', '북구'])
const GYEONGGI_PARTS = /^(오포읍|초월읍|곤지암읍|도척면|퇴촌면|남종면|남한산성면|실촌읍|중부면)$/

export interface Address {
  /** as it was written */
  readonly text: string
  /** one form for all ways to write it, without floor and room: equal keys are one place */
  readonly key: string
  /** the same to be read and asked for */
  readonly plain: string
  /** short: 전남 */
  readonly sido?: string
  /** 나주시; 수원시 권선구 */
  readonly sigungu?: string
  /** 읍, 면 or 동, also where it stands in brackets */
  readonly dong?: string
  /** a number on a road, a number of a parcel, or no number at all */
  readonly kind: 'road' | 'parcel' | 'region'
  /** It says 광주 or 광주시 and nothing that tells 광주광역시 from 경기 광주시. */
  readonly whichGwangju: boolean
}

const NUMBER = String.raw`\d+(?:-\d+)?`
/** up to the number of the door; what follows is floor, room or company */
const ON_ROAD = new RegExp(String.raw`^(.*?[가-힣\d](?:로|길)\s?(?:지하\s?)?${NUMBER})(?:\D.*)?$`, 'u')
const ON_PARCEL = new RegExp(String.raw`^(.*?[가-힣](?:읍|면|동|리|가|로)\d*가?\s(?:산\s)?${NUMBER})(?:\D.*)?$`, 'u')

export function parseAddress(text: string): Address {
  const written = text.normalize('NFKC').replace(/\s+/g, ' ').trim()
  const inBrackets = [...written.matchAll(/[([]([^)\]]*)[)\]]/g)].map(([, inside]) => inside!.trim())
  let plain = written
    .replace(/^(대한민국|한국)\s/, '')
    .replace(/^[([]?(우\)?\s?)?\d{5}[)\]]?\s/, '')
    .replace(/[([][^)\]]*[)\]]/g, ' ')
    .replace(/[,;]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    // 12번지 3호, 12번지의 3, 12번지 → 12-3, 12-3, 12
    .replace(/(\d+)\s?번지\s?(?:의\s?)?(\d+)(?:호)?/g, '$1-$2')
    .replace(/(\d+)\s?번지/g, '$1')
    .replace(/(^|\s)산\s?(\d)/g, '$1산 $2')
    .replace(/(\d)\s?[-–~]\s?(\d)/g, '$1-$2')
    // 평동산단로12 → 평동산단로 12, but 3번로 and 12번길 are names
    .replace(/([가-힣](?:로|길))(\d+(?:-\d+)?)(?=\s|$)/g, '$1 $2')
    .replace(/([가-힣](?:읍|면|동|리))(\d+-\d+)(?=\s|$)/g, '$1 $2')
  const region = readRegion(plain)
  plain = region.plain
  const road = ON_ROAD.exec(plain)
  const parcel = road ? null : ON_PARCEL.exec(plain)
  plain = (road?.[1] ?? parcel?.[1] ?? plain).trim()
  const dong = findDong(plain.split(' ')) ?? findDong(inBrackets.flatMap((inside) => inside.split(/[\s,]+/)))
  const { sido, sigungu, whichGwangju } = region
  return {
    text: written,
    key: plain.replaceAll(' ', ''),
    plain,
    ...(sido !== undefined && { sido }),
    ...(sigungu !== undefined && { sigungu }),
    ...(dong !== undefined && { dong }),
    kind: road ? 'road' : parcel ? 'parcel' : 'region',
    whichGwangju,
  }
}

interface Region {
  readonly plain: string
  readonly sido?: string
  readonly sigungu?: string
  readonly whichGwangju: boolean
}

/** Province and city at the front, written the one way. */
function readRegion(plain: string): Region {
  const tokens = plain
    // 광주 광역시, 전라남도나주시, 경기광주시
    .replace(/^광주 광역시/, '광주광역시')
    .replace(/^경기(도)?\s?광주(시)?(?=\s|$)/, '경기 광주시')
    .replace(/^([가-힣]+?(?:특별자치도|특별자치시|광역시|특별시|[청라상]?[남북]도|경기도|강원도))(?=[가-힣])/, '$1 ')
    .split(' ')
  let sido = SIDO_OF.get(tokens[0] ?? '')
  const rest = sido === undefined ? [...tokens] : tokens.slice(1)
  let whichGwangju = false
  if (sido === undefined && /^광주시?$/.test(rest[0] ?? '')) {
    const next = rest[1] ?? ''
    if (METROPOLITAN_PARTS.has(next)) {
      sido = '광주'
      rest.shift()
    } else if (GYEONGGI_PARTS.test(next)) {
      sido = '경기'
      rest[0] = '광주시'
    } else whichGwangju = true
  }
  let parts = 0
  while (parts < 2 && /^[가-힣]+[시군구]$/.test(rest[parts] ?? '')) parts++
  const sigungu = parts === 0 || whichGwangju ? undefined : rest.slice(0, parts).join(' ')
  return {
    plain: [...(sido === undefined ? [] : [sido]), ...rest].join(' '),
    ...(sido !== undefined && { sido }),
    ...(sigungu !== undefined && { sigungu }),
    whichGwangju,
  }
}

const findDong = (tokens: readonly string[]): string | undefined =>
  tokens.find((token) => /^[가-힣]{1,6}\d{0,2}(읍|면|동)$/.test(token))

/** Rather an address than the name of a firm: a region with something closer in it. */
export function looksLikeAddress(text: string): boolean {
  const { sido, sigungu, dong, kind, whichGwangju } = parseAddress(text)
  return (sido !== undefined || sigungu !== undefined || whichGwangju) && (kind !== 'region' || dong !== undefined)
}

/** True: the two cannot be the same province. */
export function contradicts(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined || one === other) return false
  const union = (sido: string): boolean => sido === '전남광주'
  const inUnion = (sido: string): boolean => sido === '전남' || sido === '광주'
  return !((union(one) && inUnion(other)) || (union(other) && inUnion(one)))
}
