/** What the indicators of complexes are called, and what would have to be known for one that is not there. */
import type { Criterion, IndicatorId, Missing } from '../../study/index.ts'
import type { Words } from '../errors.ts'

export const CRITERION_NAMES: Readonly<Record<Criterion, Words>> = {
  stability: { ko: '공급망 안정성', en: 'supply-chain stability' },
  economy: { ko: '경제성', en: 'economic effect' },
  infrastructure: { ko: '기반시설', en: 'basic infrastructure' },
  geography: { ko: '입지', en: 'geographic conditions' },
}

export const INDICATOR_NAMES: Readonly<Record<IndicatorId, Words>> = {
  supplierHhi: { ko: '공급사 집중도 HHI', en: 'supplier concentration, HHI' },
  countryHhi: { ko: '나라 집중도 HHI', en: 'country concentration, HHI' },
  singleSource: { ko: '공급사가 하나뿐인 품목의 몫', en: 'share of items with one supplier' },
  importShare: { ko: '수입 비중', en: 'import share' },
  stockDays: { ko: '재고 일수', en: 'days of stock' },
  cover: { ko: '재고 ÷ 조달 기간', en: 'stock ÷ lead time' },
  alternatives: { ko: '품목마다 대체 공급처', en: 'alternative sources an item' },
  worstSupplier: { ko: '공급사 한 곳이 끊기면 멈추는 기업', en: 'firms stopped by the loss of one supplier' },
  savingShare: { ko: 'B1 대비 절감률', en: 'saving against B1' },
  krwPerTonne: { ko: '톤당 절감액', en: 'saved a tonne' },
  npvKrw: { ko: '순현재가치', en: 'net present value' },
  bc: { ko: 'B/C', en: 'B/C' },
  paybackYears: { ko: '회수 기간', en: 'payback' },
  joint: { ko: '공동물류', en: 'joint logistics' },
  operator: { ko: '맡을 조직', en: 'an operator' },
  hubM2: { ko: '공동물류센터 면적', en: 'joint logistics centre' },
  docks: { ko: '상하차 자리', en: 'loading docks' },
  craneT: { ko: '공용 크레인', en: 'shared crane' },
  forklifts: { ko: '공용 지게차', en: 'shared forklifts' },
  digital: { ko: '주문이 전산인 기업', en: 'firms with digital orders' },
  firms: { ko: '뿌리기업 수', en: 'root firms' },
  firmsPerKm2: { ko: '기업 밀도', en: 'firms a km²' },
  spreadKm: { ko: '기업이 가운데서 떨어진 거리', en: 'firms from their middle' },
  interchangeKm: { ko: '가장 가까운 나들목까지 직선', en: 'nearest interchange, straight line' },
  portKm: { ko: '가장 가까운 항만까지 직선', en: 'nearest port, straight line' },
  neighbourKm: { ko: '가장 가까운 다른 단지까지 직선', en: 'nearest other complex, straight line' },
  neighbours: { ko: '30 km 안의 다른 단지', en: 'other complexes within 30 km' },
  partnerKm: { ko: '거래처까지 무게로 평균한 직선', en: 'partners by weight, straight line' },
  pooling: { ko: '같은 날 같은 지역에서 여러 기업이 받는 무게', en: 'weight of several firms from one town in a day' },
  lotShare: { ko: '평균 화물 ÷ 트럭', en: 'mean lot ÷ truck' },
}

export const MISSING_WORDS: Readonly<Record<Missing, Words>> = {
  register: { ko: '공급 대장이 없음', en: 'no supply register' },
  stocks: { ko: '사는 돈의 절반 넘게 재고를 모름', en: 'the stock of more than half of the spend is not known' },
  leadTimes: {
    ko: '사는 돈의 절반 넘게 재고나 조달 기간을 모름',
    en: 'stock or lead time of more than half of the spend is not known',
  },
  pickupStudy: { ko: '집하 연구의 결과가 없음', en: 'no result of a pickup study' },
  appraisal: { ko: '타당성 자료가 없음', en: 'no appraisal' },
  survey: { ko: '현장 조사가 없음', en: 'no site visit' },
  firmCount: { ko: '기업 수를 모름', en: 'the number of firms is not known' },
  area: { ko: '면적이나 기업 좌표를 모름', en: 'neither its area nor the points of its firms are known' },
  firmList: { ko: '좌표가 있는 기업 목록이 없음', en: 'no list of firms with their points' },
  place: { ko: '위치를 모름', en: 'its place is not known' },
  orders: { ko: '이틀 이상의 주문이 없음', en: 'no orders of two days or more' },
  supplierPlaces: { ko: '거래처 위치를 절반도 모름', en: 'the places of less than half of the partners are known' },
  never: { ko: '본 기간 안에 회수되지 않음', en: 'not paid back in the years looked at' },
}
