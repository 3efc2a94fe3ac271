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
