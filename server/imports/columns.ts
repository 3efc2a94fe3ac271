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
  lat: ['위도', 'lat', 'latitude'],
  lng: ['경도', 'lng', 'lon', 'longitude'],
  fromLat: ['상차지위도', 'fromlat'],
  fromLng: ['상차지경도', 'fromlng'],
  toLat: ['하차지위도', 'tolat'],
  toLng: ['하차지경도', 'tolng'],
  address: ['주소', '소재지', 'address'],
  fromAddress: ['상차지주소', '출발지주소'],
  toAddress: ['하차지주소', '도착지주소'],
} as const

/** Known and of no use to a plan: passed over in silence. */
const IGNORED = new Set(
  [
    '순번',
    '번호',
    'no',
    '담당자',
    '담당',
    '연락처',
    '전화',
    '전화번호',
    '휴대폰',
    '단가',
    '금액',
    '운임',
    '청구금액',
  ].concat(['차량번호', '차량', '운송사', '기사', '기사명', '톤급', '차종', '요일', '작성일', '작성자', '확인']),
)

export type Column = keyof typeof SYNONYMS
/** Without these no row can be read. */
export const REQUIRED: readonly Column[] = ['from', 'to', 'weight']

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
  readonly unknown: readonly string[]
  /** names whose meaning an earlier column has already */
  readonly twice: readonly string[]
}

/** The names a column may have, for the remedy. */
export const namesOf = (column: Column): readonly string[] => SYNONYMS[column].filter((name) => !/^[a-z]+$/.test(name))

const SEARCHED_RECORDS = 20 // sheets start with a title, a date, an approval box

/** The record with the most known column names, at least two; null: there is none. */
export function findHeader(records: readonly (readonly string[])[]): Header | null {
  let best: Header | null = null
  for (let record = 0; record < Math.min(records.length, SEARCHED_RECORDS); record++) {
    const header = readHeader(records[record], record)
    if (header.columns.size >= 2 && header.columns.size > (best?.columns.size ?? 0)) best = header
  }
  return best
}

function readHeader(cells: readonly string[], record: number): Header {
  const columns = new Map<Column, HeaderCell>()
  const unknown: string[] = []
  const twice: string[] = []
  for (const [index, cell] of cells.entries()) {
    const text = cell.normalize('NFKC')
    const unit = /[([]([^)\]]*)[)\]]/.exec(text)?.[1].trim() ?? ''
    const key = (part: string): string => part.toLowerCase().replace(/[\s_·./*:-]/g, '')
    const bare = key(text.replace(/[([][^)\]]*[)\]]/g, ''))
    const name = cell.trim().replace(/\s+/g, ' ')
    const column = COLUMN_OF.get(key(text)) ?? COLUMN_OF.get(bare)
    if (column === undefined) {
      if (bare !== '' && !IGNORED.has(bare)) unknown.push(name)
    } else if (columns.has(column)) twice.push(name)
    else columns.set(column, { index, name, unit })
  }
  return { record, columns, unknown, twice }
}
