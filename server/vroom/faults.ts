/** What can be wrong with a request, in words; all of it is told at once. `error` is one English sentence, as VROOM's own clients show it. */

import type { Locale } from '../../solver/index.ts'
import type { Words } from '../errors.ts'

export interface Fault {
  readonly code: string
  /** JSON path of slashes: jobs/3/priority */
  readonly path: string
  readonly error: string
  readonly message: Words
  readonly remedy: Words
}

export interface SpokenFault {
  readonly code: string
  readonly path: string
  readonly message: string
  readonly remedy: string
}

export const speak = ({ code, path, message, remedy }: Fault, locale: Locale): SpokenFault => ({
  code,
  path,
  message: message[locale],
  remedy: remedy[locale],
})

/** Kinds of faults: what is wrong (with the value or name in question) and what to do about it. */
const KINDS = {
  'root.type': {
    message: () => ({ ko: '요청은 JSON 객체 하나여야 합니다.', en: 'The request has to be one JSON object.' }),
    remedy: {
      ko: 'vehicles 와 jobs 또는 shipments 를 담은 { … } 를 보내세요.',
      en: 'Send { … } with vehicles and jobs or shipments.',
    },
  },
  'root.noVehicles': {
    message: () => ({ ko: '차량이 없습니다.', en: 'There is no vehicle.' }),
    remedy: { ko: 'vehicles 배열에 차량을 하나 이상 넣으세요.', en: 'Give an array of at least one vehicle.' },
  },
  'root.noTasks': {
    message: () => ({
      ko: '할 일(jobs, shipments)이 없습니다.',
      en: 'There is nothing to do: no jobs and no shipments.',
    }),
    remedy: { ko: 'jobs 나 shipments 를 하나 이상 넣으세요.', en: 'Give at least one job or shipment.' },
  },
  'value.type': {
    message: (wanted: string) => ({
      ko: `값의 형식이 다릅니다. ${TYPES[wanted]?.ko ?? wanted}여야 합니다.`,
      en: `The value has to be ${TYPES[wanted]?.en ?? wanted}.`,
    }),
    remedy: {
      ko: '값을 고치거나, 없어도 되는 항목이면 지우세요.',
      en: 'Correct the value, or leave the key out where it is optional.',
    },
  },
  'value.missing': {
    message: (key: string) => ({ ko: `'${key}' 항목이 빠졌습니다.`, en: `'${key}' is missing.` }),
    remedy: { ko: '항목을 넣으세요.', en: 'Add it.' },
  },
  'value.range': {
    message: (range: string) => ({ ko: `값이 범위(${range})를 벗어났습니다.`, en: `The value is outside ${range}.` }),
    remedy: { ko: '범위 안의 값을 쓰세요.', en: 'Use a value inside that range.' },
  },
  'id.duplicate': {
    message: (id: string) => ({ ko: `같은 id(${id})가 앞에 이미 있습니다.`, en: `The id ${id} is already taken.` }),
    remedy: { ko: '서로 다른 id를 쓰세요.', en: 'Give each its own id.' },
  },
  'amount.length': {
    message: (lengths: string) => ({
      ko: `수량의 차원 수가 첫 차량의 capacity 와 다릅니다 (${lengths}).`,
      en: `The number of amounts differs from the capacity of the first vehicle (${lengths}).`,
    }),
    remedy: {
      ko: '모든 수량 배열의 길이를 같게 하세요.',
      en: 'Give all amounts as many entries as the first capacity has.',
    },
  },
  'window.order': {
    message: (window: string) => ({
      ko: `시간창 ${window} 은 끝이 시작보다 빠릅니다.`,
      en: `The time window ${window} ends before it starts.`,
    }),
    remedy: { ko: '두 시각을 바꾸세요.', en: 'Swap the two times.' },
  },
  'window.none': {
    message: () => ({ ko: '시간창 배열이 비어 있습니다.', en: 'The array of time windows is empty.' }),
    remedy: { ko: '언제든 되면 time_windows 를 지우세요.', en: 'Leave time_windows out where any time will do.' },
  },
  'window.overlap': {
    message: (windows: string) => ({ ko: `시간창이 겹칩니다: ${windows}.`, en: `Time windows overlap: ${windows}.` }),
    remedy: { ko: '겹치는 시간창을 하나로 합치세요.', en: 'Merge the windows that overlap.' },
  },
  'place.missing': {
    message: (keys: string) => ({ ko: `장소가 없습니다 (${keys}).`, en: `There is no place (${keys}).` }),
    remedy: {
      ko: '좌표 [경도, 위도]를 넣거나, 행렬을 쓰면 행렬의 번호를 넣으세요.',
      en: 'Give coordinates [lon, lat], or the index into the matrices where they are given.',
    },
  },
  'place.mixed': {
    message: () => ({
      ko: '어떤 장소는 번호로, 어떤 장소는 좌표로만 적혀 있습니다.',
      en: 'Some places are given by index and some by coordinates alone.',
    }),
    remedy: { ko: '모든 장소에 번호를 적거나, 어디에도 적지 마세요.', en: 'Give an index everywhere, or nowhere.' },
  },
  'place.noCoordinates': {
    message: (profile: string) => ({
      ko: `'${profile}' 의 행렬이 모자라 도로를 물어야 하는데 좌표가 없습니다.`,
      en: `The matrices for '${profile}' do not suffice, and there are no coordinates to ask for roads with.`,
    }),
    remedy: {
      ko: '그 profile 의 행렬을 넣거나 좌표를 넣으세요.',
      en: 'Give the matrices for that profile, or coordinates.',
    },
  },
  'place.beyondMatrix': {
    message: (size: string) => ({
      ko: `번호가 행렬의 크기(${size})를 넘습니다.`,
      en: `The index is beyond the matrix, which has ${size} rows.`,
    }),
    remedy: { ko: '0부터 크기-1 까지의 번호를 쓰세요.', en: 'Use an index from 0 to one less than its size.' },
  },
  'profile.unknown': {
    message: (profile: string) => ({
      ko: `'${profile}' profile 의 행렬이 없고, 이 서비스의 도로에도 그런 profile 이 없습니다.`,
      en: `There is no matrix for the profile '${profile}', and the roads of this service do not know it.`,
    }),
    remedy: {
      ko: 'matrices 에 그 이름으로 넣거나, car 또는 차급(1t, 5t …)을 쓰세요.',
      en: 'Add it to matrices, or use car or a truck class (1t, 5t, …).',
    },
  },
  'matrix.shape': {
    message: (size: string) => ({
      ko: `행렬이 정사각형이 아닙니다 (${size}).`,
      en: `The matrix is not square (${size}).`,
    }),
    remedy: { ko: '행과 열의 수를 같게 하세요.', en: 'Give as many columns as rows.' },
  },
  'matrix.sizes': {
    message: (sizes: string) => ({
      ko: `같은 profile 의 행렬 크기가 서로 다릅니다 (${sizes}).`,
      en: `Matrices of one profile differ in size (${sizes}).`,
    }),
    remedy: {
      ko: 'durations, distances, costs 의 크기를 같게 하세요.',
      en: 'Give durations, distances and costs the same size.',
    },
  },
  'matrix.noDurations': {
    message: (profile: string) => ({
      ko: `'${profile}' 에 durations 없이 distances 만 있습니다.`,
      en: `There are distances for '${profile}' but no durations.`,
    }),
    remedy: { ko: 'durations 도 넣으세요.', en: 'Add the durations.' },
  },
  'costs.both': {
    message: () => ({
      ko: '직접 준 costs 행렬과 per_hour 는 함께 쓸 수 없습니다.',
      en: 'A costs matrix of your own and per_hour cannot be used together.',
    }),
    remedy: { ko: '둘 가운데 하나를 지우세요.', en: 'Leave one of the two out.' },
  },
  'breaks.impossible': {
    message: () => ({
      ko: '휴식을 근무 시간 안에 차례로 넣을 수 없습니다.',
      en: 'The breaks cannot be taken one after the other within the working hours.',
    }),
    remedy: {
      ko: '휴식의 시간창이나 time_window 를 넓히세요.',
      en: 'Widen the windows of the breaks or the time_window.',
    },
  },
  'steps.unknown': {
    message: (what: string) => ({ ko: `요청에 없는 것입니다: ${what}.`, en: `There is no ${what} in the request.` }),
    remedy: { ko: '있는 id를 쓰거나 이 단계를 지우세요.', en: 'Use an id that exists, or remove the step.' },
  },
  'steps.duplicate': {
    message: (what: string) => ({
      ko: `${what} 이(가) 단계에 두 번 나옵니다.`,
      en: `${what} occurs twice in the steps.`,
    }),
    remedy: { ko: '하나만 남기세요.', en: 'Keep one of them.' },
  },
  'steps.order': {
    message: (type: string) => ({
      ko: `'${type}' 단계는 여기 올 수 없습니다.`,
      en: `A step '${type}' cannot stand here.`,
    }),
    remedy: { ko: 'start 는 맨 앞에, end 는 맨 뒤에만 쓰세요.', en: 'start stands first only, end last only.' },
  },
  'steps.type': {
    message: (type: string) => ({ ko: `모르는 단계입니다: ${type}.`, en: `There is no type of step ${type}.` }),
    remedy: {
      ko: 'start, job, pickup, delivery, break, end 가운데 하나를 쓰세요.',
      en: 'Use start, job, pickup, delivery, break or end.',
    },
  },
  'steps.infeasible': {
    message: (causes: string) => ({
      ko: `정해 준 경로가 제약을 어깁니다 (${causes}).`,
      en: `The given route breaks its constraints (${causes}).`,
    }),
    remedy: {
      ko: '단계를 고치거나 지우세요. 어기는 곳을 보려면 계획 모드(-c, options.c)를 쓰세요.',
      en: 'Correct or remove the steps. To see what is violated, use plan mode (-c, options.c).',
    },
  },
  'geometry.noCoordinates': {
    message: () => ({
      ko: 'options.g 로 경로의 선을 청했지만 좌표가 없는 장소가 있습니다.',
      en: 'options.g asks for geometry, but a place has no coordinates.',
    }),
    remedy: { ko: '모든 장소에 좌표를 넣거나 g 를 지우세요.', en: 'Give coordinates everywhere, or leave g out.' },
  },
  'place.unreachable': {
    message: (place: string) => ({
      ko: `이 좌표(${place})에 이르는 도로를 모릅니다.`,
      en: `No known road reaches the coordinates ${place}.`,
    }),
    remedy: {
      ko: '좌표의 차례가 [경도, 위도]인지, 육지인지 보세요. 한국 밖이면 행렬을 함께 보내세요.',
      en: 'Check that it is [lon, lat] and on the mainland of South Korea; elsewhere send matrices along.',
    },
  },
  'limit.size': {
    message: (limit: string) => ({
      ko: `이 서비스가 받는 크기를 넘습니다 (${limit}).`,
      en: `This is beyond what the service takes (${limit}).`,
    }),
    remedy: { ko: '요청을 날짜나 구역별로 나누어 보내세요.', en: 'Split the request by day or area.' },
  },
  'json.syntax': {
    message: (why: string) => ({
      ko: `본문이 올바른 JSON이 아닙니다: ${why}`,
      en: `The body is not valid JSON: ${why}`,
    }),
    remedy: { ko: '보내기 전에 JSON 검사기로 확인하세요.', en: 'Check it with a JSON validator before sending.' },
  },
  'key.unknown': {
    message: (key: string) => ({
      ko: `모르는 항목 '${key}' 은 쓰지 않았습니다.`,
      en: `The unknown key '${key}' was not used.`,
    }),
    remedy: { ko: '철자를 확인하세요.', en: 'Check its spelling.' },
  },
  'key.unused': {
    message: (why: string) => ({ ko: `쓰지 않은 값입니다: ${why}.`, en: `This was not used: ${why}.` }),
    remedy: { ko: '필요 없으면 지우세요.', en: 'Leave it out, or give what it needs.' },
  },
} as const satisfies Record<string, { message: (detail: string) => Words; remedy: Words }>

const TYPES: Readonly<Record<string, Words>> = {
  object: { ko: '객체', en: 'an object' },
  array: { ko: '배열', en: 'an array' },
  string: { ko: '글', en: 'a string' },
  number: { ko: '수', en: 'a number' },
  boolean: { ko: 'true 또는 false', en: 'true or false' },
  id: { ko: '0 이상의 정수', en: 'a whole number of 0 or more' },
  uint: { ko: '0에서 4294967295 사이의 정수', en: 'a whole number from 0 to 4294967295' },
  coordinates: { ko: '[경도, 위도] 두 수', en: 'two numbers, [lon, lat]' },
  window: { ko: '[시작, 끝] 두 정수', en: 'two whole numbers, [start, end]' },
}

export type FaultKind = keyof typeof KINDS

export function makeFault(code: FaultKind, path: string, error: string, detail = ''): Fault {
  const { message, remedy } = KINDS[code]
  return { code, path, error, message: message(detail), remedy }
}
