/** Which column of an order file holds what, by the names that Korean and English sheets use. */

const SYNONYMS = {
  id: ['접수번호', '오더번호', '주문번호', '의뢰번호', '관리번호', 'id', 'orderno', 'orderid'],
  date: [
    '상차일',
    '상차일자',
    '상차날짜',
    '출고일',
    '출고일자',
    '픽업일',
    '운송일',
    '날짜',
    '일자',
    'date',
    'pickupdate',
  ],
  due: [
    '하차일',
    '하차일자',
    '납기',
    '납기일',
    '납기일자',
    '도착일',
    '도착일자',
    '입고일',
    'due',
    'duedate',
    'deliverydate',
  ],
  firm: [
    '업체명',
    '업체',
    '상호',
    '상호명',
    '화주',
    '화주사',
    '의뢰업체',
    '의뢰처',
    '회사명',
    '청구업체',
    'firm',
    'shipper',
    'company',
  ],
  businessNumber: ['사업자번호', '사업자등록번호', 'businessnumber'],
  from: ['상차지', '상차지명', '상차처', '상차장소', '출발지', '픽업지', 'from', 'origin', 'pickup'],
  to: ['하차지', '하차지명', '하차처', '하차장소', '도착지', '납품처', '착지', 'to', 'destination', 'delivery'],
  item: ['품목', '품명', '화물', '화물명', '제품명', 'item', 'goods'],
  spec: ['규격', '사양', 'spec'],
  quantity: ['수량', 'quantity', 'qty'],
  unit: ['단위', 'unit'],
  weight: ['중량', '무게', '총중량', '화물중량', 'weight', 'weightkg'],
  piece: ['단중', '최대단품', '최대단품중량', '단품중량', 'piece', 'piecekg'],
  volume: ['부피', '용적', 'cbm', 'volume'],
  pickupTime: ['상차시간', '상차시간대', '상차요청', '상차요청시간', '상차가능시간', '준비시간', 'pickuptime', 'ready'],
  deliveryTime: [
    '도착요청',
    '도착요청시간',
    '하차시간',
    '하차시간대',
    '하차요청',
    '납기시간',
    '시간',
    'deliverytime',
    'time',
  ],
  gear: ['상하차방식', '상하차', '하역방식', '하역', 'handling'],
  note: ['비고', '특이사항', '메모', '요청사항', '참고', 'note', 'notes', 'memo', 'remark'],
  contact: ['담당자', '담당자명', '담당', 'contact', 'contactname'],
  phone: ['연락처', '전화', '전화번호', '휴대폰', '휴대전화', '핸드폰', 'phone', 'tel', 'mobile'],
  fromContact: ['상차지담당자', '상차담당자', '상차담당', '출발지담당자', '출고담당자', 'fromcontact', 'pickupcontact'],
  fromPhone: [
    '상차지연락처',
    '상차지전화',
    '상차지전화번호',
    '상차연락처',
    '상차전화',
    '출발지연락처',
    '상차지휴대폰',
    'fromphone',
    'pickupphone',
  ],
  toContact: [
    '하차지담당자',
    '하차담당자',
    '하차담당',
    '도착지담당자',
    '인수담당자',
    '인수자',
    '수령인',
    'tocontact',
    'deliverycontact',
  ],
  toPhone: [
    '하차지연락처',
    '하차지전화',
    '하차지전화번호',
    '하차연락처',
    '하차전화',
    '도착지연락처',
    '인수자연락처',
    '하차지휴대폰',
    'tophone',
    'deliveryphone',
  ],
  lat: ['위도', 'lat', 'latitude'],
  lng: ['경도', 'lng', 'lon', 'longitude'],
  fromLat: ['상차지위도', 'fromlat'],
  fromLng: ['상차지경도', 'fromlng'],
  toLat: ['하차지위도', 'tolat'],
  toLng: ['하차지경도', 'tolng'],
  address: ['주소', '소재지', 'address'],
  fromAddress: ['상차지주소', '상차주소', '출발지주소', '출고지주소', 'fromaddress', 'pickupaddress'],
  toAddress: [
    '하차지주소',
    '하차주소',
    '도착지주소',
    '납품지주소',
    '납품처주소',
    '배송지주소',
    'toaddress',
    'deliveryaddress',
  ],
} as const

/** The columns that a sheet of rejected rows has more than the file it came from. */
export const REJECT_NAMES = [
  { ko: '오류 사유', en: 'What is wrong' },
  { ko: '고치는 방법', en: 'What to do' },
] as const

/** Case, spaces and punctuation do not tell names apart. */
export const nameKey = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_·./*:-]/g, '')

/** Known and of no use to a plan: passed over in silence. */
const IGNORED = new Set(
  ['순번', '번호', 'no', '단가', '금액', '운임', '청구금액'].concat(
    ['차량번호', '차량', '운송사', '기사', '기사명', '톤급', '차종', '요일', '작성일', '작성자', '확인'],
    // what a sheet of rejected rows says beside them
    REJECT_NAMES.flatMap(({ ko, en }) => [nameKey(ko), nameKey(en)]),
  ),
)

export type Column = keyof typeof SYNONYMS

const COLUMN_OF = new Map<string, Column>(
  (Object.keys(SYNONYMS) as Column[]).flatMap((column) => SYNONYMS[column].map((name) => [name, column] as const)),
)

export interface HeaderCell {
  readonly index: number
  /** as the file writes it */
  readonly name: string
  /** what stands in brackets: 중량(톤) */
  readonly unit: string
}
export interface Header {
  /** index of the header among the records */
  readonly record: number
  readonly columns: ReadonlyMap<Column, HeaderCell>
  /** names that mean nothing to us */
  readonly unknown: readonly HeaderCell[]
  /** names whose meaning an earlier column has already */
  readonly twice: readonly string[]
}

/** Columns without which no row can be read, and that are not there. A place may be told by its address alone. */
export const lackingColumns = ({ columns }: Header): Column[] =>
  (['from', 'to', 'weight'] as const).filter(
    (column) => !columns.has(column) && (column === 'weight' || !columns.has(`${column}Address`)),
  )

/** Every name that we know, without spaces and case. */
export const synonymsOf: Readonly<Record<Column, readonly string[]>> = SYNONYMS

/** The names a column may have, for the remedy. */
export const namesOf = (column: Column): readonly string[] => SYNONYMS[column].filter((name) => !/^[a-z]+$/.test(name))

const SEARCHED_RECORDS = 20 // sheets start with a title, a date, an approval box

/** What a column of an own name holds: ours, or ours in a unit that its name does not tell. */
const UNIT_FIELDS = {
  weightKg: { column: 'weight', unit: 'kg' },
  weightT: { column: 'weight', unit: 't' },
  pieceKg: { column: 'piece', unit: 'kg' },
  pieceT: { column: 'piece', unit: 't' },
  volumeL: { column: 'volume', unit: 'l' },
  volumeM3: { column: 'volume', unit: 'm3' },
} as const satisfies Record<string, FieldMeaning>
export const FIELDS = [...Object.keys(SYNONYMS), ...Object.keys(UNIT_FIELDS)] as readonly Field[]
export type Field = Column | keyof typeof UNIT_FIELDS
/** Our field → the name of the column in the file. */
export type Mapping = { readonly [F in Field]?: string }
/** Name of a column → our field: what a complex has taught. */
export type LearnedNames = Readonly<Record<string, Field>>

interface FieldMeaning {
  readonly column: Column
  readonly unit?: string
}
export const meaningOf = (field: Field): FieldMeaning =>
  Object.hasOwn(UNIT_FIELDS, field) ? UNIT_FIELDS[field as keyof typeof UNIT_FIELDS] : { column: field as Column }

/** Names beyond those everybody uses; a given one stands above a learned one, and both above the rest. */
export interface HeaderNames {
  readonly given: ReadonlyMap<string, readonly FieldMeaning[]>
  readonly learned: ReadonlyMap<string, FieldMeaning>
}
export const headerNames = (mapping: Mapping = {}, learned: LearnedNames = {}): HeaderNames => {
  const given = Map.groupBy(Object.entries(mapping) as [Field, string][], ([, name]) => nameKey(name))
  return {
    given: new Map([...given].map(([key, pairs]) => [key, pairs.map(([field]) => meaningOf(field))])),
    learned: new Map(Object.entries(learned).map(([name, field]) => [nameKey(name), meaningOf(field)])),
  }
}

/** The record with the most known column names, at least two; null: there is none. */
export function findHeader(records: readonly (readonly string[])[], names: HeaderNames): Header | null {
  let best: Header | null = null
  for (let record = 0; record < Math.min(records.length, SEARCHED_RECORDS); record++) {
    const header = readHeader(records[record], record, names)
    if (header.columns.size >= 2 && header.columns.size > (best?.columns.size ?? 0)) best = header
  }
  return best
}

export function readHeader(cells: readonly string[], record: number, names: HeaderNames): Header {
  const columns = new Map<Column, HeaderCell>()
  const unknown: HeaderCell[] = []
  const twice: string[] = []
  const read = cells.map((cell, index) => {
    const text = cell.normalize('NFKC')
    const unit = /[([]([^)\]]*)[)\]]/.exec(text)?.[1].trim() ?? ''
    const bare = nameKey(text.replace(/[([][^)\]]*[)\]]/g, ''))
    return { index, name: cell.trim().replace(/\s+/g, ' '), unit, key: nameKey(text), bare }
  })
  // those that were told come first, wherever they stand
  for (const { key, index, name, unit } of read)
    for (const told of (key !== '' && names.given.get(key)) || [])
      if (!columns.has(told.column)) columns.set(told.column, { index, name, unit: told.unit ?? unit })
  for (const { key, bare, index, name, unit } of read) {
    if (names.given.has(key)) continue
    const learned = names.learned.get(key)
    const column = learned?.column ?? COLUMN_OF.get(key) ?? COLUMN_OF.get(bare)
    if (column === undefined) {
      if (bare !== '' && !IGNORED.has(bare)) unknown.push({ index, name, unit })
    } else if (columns.has(column)) twice.push(name)
    else columns.set(column, { index, name, unit: learned?.unit ?? unit })
  }
  return { record, columns, unknown, twice }
}
