/** An empty order file to fill in: columns by name, an example that an import passes over, and what may stand in each column. */
import type { Locale } from '../../solver/index.ts'
import type { Sheet } from '../sheets/value.ts'
import { writeCsv } from '../sheets/writeCsv.ts'
import { writeXlsx } from '../sheets/writeXlsx.ts'
import { type Column, namesOf, synonymsOf } from './columns.ts'
import type { ComplexData } from './complexData.ts'

export const TEMPLATE_FORMATS = ['xlsx', 'csv'] as const
export type TemplateFormat = (typeof TEMPLATE_FORMATS)[number]

interface Explained {
  readonly column: Column
  /** names of people who read English */
  readonly en: string
  readonly needed: { readonly ko: string; readonly en: string }
  readonly about: { readonly ko: string; readonly en: string }
}
const NEEDED = { ko: '필수', en: 'needed' }
const OPTIONAL = { ko: '선택', en: 'optional' }

const COLUMNS: readonly Explained[] = [
  {
    column: 'id',
    en: 'Order no',
    needed: OPTIONAL,
    about: {
      ko: '주문마다 다른 번호. 같은 번호로 다시 올리면 앞의 주문을 바꿉니다.',
      en: 'Different for each order. Added again under the same number, an order takes the place of the one before.',
    },
  },
  {
    column: 'date',
    en: 'Pickup date',
    needed: NEEDED,
    about: { ko: '상차하는 날. 2026-11-23처럼', en: 'Day of the pickup, like 2026-11-23' },
  },
  {
    column: 'firm',
    en: 'Firm',
    needed: OPTIONAL,
    about: {
      ko: '운임을 내는 업체. 비우면 상차지나 하차지인 회원사',
      en: 'Who pays; if empty, the member whose place is one of the two',
    },
  },
  {
    column: 'from',
    en: 'From',
    needed: NEEDED,
    about: { ko: '싣는 곳: ‘이름’ 시트의 장소나 업체', en: 'Place of the pickup: one of the sheet “Names”' },
  },
  {
    column: 'to',
    en: 'To',
    needed: NEEDED,
    about: { ko: '내리는 곳: ‘이름’ 시트의 장소나 업체', en: 'Place of the delivery: one of the sheet “Names”' },
  },
  { column: 'item', en: 'Item', needed: OPTIONAL, about: { ko: '품목', en: 'What it is' } },
  {
    column: 'quantity',
    en: 'Quantity',
    needed: OPTIONAL,
    about: { ko: '개수(EA, 박스…) 또는 파렛트 수: 3, 3EA, 2파렛트', en: 'Pieces or pallets: 3, 3EA, 2PLT' },
  },
  {
    column: 'weight',
    en: 'Weight',
    needed: NEEDED,
    about: {
      ko: '전체 중량. 단위가 없으면 kg: 850, 850kg, 1.2톤',
      en: 'Of the whole order; without a unit in kg: 850, 850kg, 1.2t',
    },
  },
  {
    column: 'piece',
    en: 'Piece',
    needed: OPTIONAL,
    about: { ko: '가장 무거운 한 개의 중량(kg, 톤)', en: 'Weight of the heaviest piece (kg, t)' },
  },
  {
    column: 'volume',
    en: 'Volume',
    needed: OPTIONAL,
    about: { ko: '부피. 단위가 없으면 ㎥: 2.5, 800리터', en: 'Without a unit in m3: 2.5, 800l' },
  },
  {
    column: 'pickupTime',
    en: 'Pickup time',
    needed: OPTIONAL,
    about: {
      ko: '실을 수 있는 시간: 오전, 09:00-11:00, 10시 이후',
      en: 'When it can be loaded: AM, 09:00-11:00, after 10:00',
    },
  },
  {
    column: 'deliveryTime',
    en: 'Delivery time',
    needed: OPTIONAL,
    about: { ko: '도착 요청: 14:00까지, 오후, 당일, 익일', en: 'When it is wanted: by 14:00, PM, same day, next day' },
  },
  {
    column: 'gear',
    en: 'Handling',
    needed: OPTIONAL,
    about: { ko: '지게차, 크레인, 호이스트, 수작업 가운데에서', en: 'One or more of forklift, crane, hoist, hand' },
  },
  {
    column: 'spec',
    en: 'Spec',
    needed: OPTIONAL,
    about: { ko: '크기나 재질: 600×400×60', en: 'Size or grade: 600×400×60' },
  },
  {
    column: 'contact',
    en: 'Contact',
    needed: OPTIONAL,
    about: {
      ko: '거래처에서 찾을 사람. 두 곳 모두 적으려면 상차지담당자와 하차지담당자 열로',
      en: 'Whom to ask at the partner; for both places in columns 상차지담당자 and 하차지담당자',
    },
  },
  {
    column: 'phone',
    en: 'Phone',
    needed: OPTIONAL,
    about: {
      ko: '그 사람의 전화: 010-1234-5678. 두 곳 모두면 상차지연락처와 하차지연락처 열로',
      en: 'How to reach them: 010-1234-5678; for both places in columns 상차지연락처 and 하차지연락처',
    },
  },
  {
    column: 'address',
    en: 'Address',
    needed: OPTIONAL,
    about: {
      ko: '등록되지 않은 장소의 주소. 두 곳이 모두 새 장소면 상차지주소와 하차지주소 열로',
      en: 'Of a place that is not registered; if both are new, in columns 상차지주소 and 하차지주소',
    },
  },
  {
    column: 'lat',
    en: 'Latitude',
    needed: OPTIONAL,
    about: {
      ko: '등록되지 않은 장소의 위도(도): 35.125. 주소 대신 써도 됩니다',
      en: 'Of a place that is not registered, in degrees: 35.125; in place of the address',
    },
  },
  {
    column: 'lng',
    en: 'Longitude',
    needed: OPTIONAL,
    about: {
      ko: '등록되지 않은 장소의 경도(도): 126.765',
      en: 'Of a place that is not registered, in degrees: 126.765',
    },
  },
  {
    column: 'note',
    en: 'Note',
    needed: OPTIONAL,
    about: { ko: '기사에게 전할 말', en: 'What the driver should know' },
  },
]

const EXAMPLE_DATE = '2026-11-23'

export async function writeTemplate(data: ComplexData, format: TemplateFormat, locale: Locale): Promise<Uint8Array> {
  const orders = ordersSheet(data, locale)
  if (format === 'csv') return writeCsv(orders.rows)
  return await writeXlsx([orders, explanations(locale), names(data, locale)])
}

function ordersSheet({ firms, sites, orders }: ComplexData, locale: Locale): Sheet {
  const ko = locale === 'ko'
  const firm = firms.find(({ site }) => site !== undefined)
  const home = sites.find(({ id }) => id === firm?.site)
  const [from, to] = [sites.find((site) => site !== home), home ?? sites[1]]
  const example: Partial<Record<Column, string | number | { clock: string }>> = {
    id: ko ? '예시(지워도 됩니다)' : 'Example (may be removed)',
    date: { clock: EXAMPLE_DATE },
    firm: firm?.name ?? '',
    from: from?.name ?? '',
    to: to?.name ?? '',
    item: ko ? '금형강' : 'Mold steel',
    quantity: '2EA',
    weight: Math.min(850, orders.nextDay.maxKg * 2),
    deliveryTime: ko ? '14:00까지' : 'by 14:00',
    gear: ko ? '지게차' : 'forklift',
  }
  return {
    name: ko ? '주문' : 'Orders',
    rows: [COLUMNS.map((explained) => headOf(explained, locale)), COLUMNS.map(({ column }) => example[column] ?? null)],
  }
}

const headOf = ({ column, en }: Explained, locale: Locale): string =>
  locale === 'ko' ? (namesOf(column)[0] ?? en) : en

const explanations = (locale: Locale): Sheet => ({
  name: locale === 'ko' ? '설명' : 'Help',
  rows: [
    locale === 'ko'
      ? ['열 이름', '필요', '적는 법', '다른 이름']
      : ['Column name', 'Needed', 'How to write it', 'Other names'],
    ...COLUMNS.map((explained) => [
      headOf(explained, locale),
      explained.needed[locale],
      explained.about[locale],
      synonymsOf[explained.column].filter((name) => name !== headOf(explained, locale)).join(', '),
    ]),
  ],
})

const names = ({ sites, firms }: ComplexData, locale: Locale): Sheet => ({
  name: locale === 'ko' ? '이름' : 'Names',
  rows: [
    locale === 'ko' ? ['구분', '이름', '다른 이름'] : ['Kind', 'Name', 'Also called'],
    ...firms.map(({ name, aliases = [] }) => [locale === 'ko' ? '업체' : 'firm', name, aliases.join(', ')]),
    ...sites.map(({ name, aliases = [] }) => [locale === 'ko' ? '장소' : 'place', name, aliases.join(', ')]),
  ],
})
