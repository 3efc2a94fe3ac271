/** What steps, factors and cost lines are called on paper. */
type Names = Readonly<Record<string, readonly [ko: string, en: string]>>

export const FACTORS: Names = {
  terminalLimit: ['정기화물 한도', 'Terminal-freight limit'],
  terminalPrice: ['정기화물 운임', 'Terminal-freight price'],
  demand: ['주문 밀도', 'Orders'],
  participants: ['참여기업 수', 'Firms taking part'],
  stopFee: ['경유비', 'Stop fee'],
  detour: ['도로 거리', 'Road lengths'],
  fuel: ['km 요율', 'Rates a km'],
  windows: ['시간창', 'Windows'],
  service: ['상하차 시간', 'Minutes at stops'],
}

export const PICKUP_STEPS: Names = {
  b1: ['기준 B1', 'Baseline B1'],
  mode: ['수단', 'Mode'],
  truckSize: ['차량 크기', 'Truck size'],
  routing: ['노선 묶기', 'Routing'],
  plan: ['계획', 'Plan'],
}

export const IMPORT_STEPS: Names = {
  today: ['오늘', 'Today'],
  joint: ['공동', 'Jointly'],
  mode: ['운송 수단', 'Way of travel'],
  order: ['주문·통관', 'Orders, customs'],
  collect: ['현지 집하', 'Collection abroad'],
  freight: ['국제 운임 (묶기)', 'Freight (pooling)'],
  inland: ['내륙 (묶기)', 'Inland (pooling)'],
  handling: ['공동 재고 입출고', 'Joint stock in, out'],
  calls: ['부르면 배송', 'Deliveries on call'],
  storage: ['보관', 'Storage'],
  cycleStock: ['주기 재고', 'Cycle stock'],
  safetyStock: ['안전재고', 'Safety stock'],
  transitStock: ['운송 중 재고', 'Stock on its way'],
  programme: ['사업비', 'Programme'],
}

export const TURNS: Names = {
  as: ['지금 값', 'as given'],
  benefitsUp: ['편익 +20 %', 'benefits +20 %'],
  benefitsDown: ['편익 −20 %', 'benefits −20 %'],
  costsUp: ['비용 +20 %', 'costs +20 %'],
  costsDown: ['비용 −20 %', 'costs −20 %'],
  rate: ['할인율', 'rate'],
}

export const HELP_NAMES: Names = {
  nothing: ['대책 없음', 'Nothing done'],
  alternatives: ['대체 공급', 'Alternatives'],
  shared: ['재고 나눔', 'Stocks shared'],
  joint: ['공동 재고', 'Joint stock'],
}

export const nameIn =
  (names: Names, w: (ko: string, en: string) => string) =>
  (id: string): string => {
    const pair = names[id]
    return pair ? w(...pair) : id
  }
