/** What a hostile reviewer asks of a study of this kind, and what a study says to each: from its own figures, or that it does not. */
export const ATTACKS = [
  {
    id: 'baseline',
    ko: '허수아비 기준: 화물마다 트럭 한 대와 견주면 무엇이든 아낀다',
    en: 'Straw man: against one truck for every order anything saves',
  },
  {
    id: 'pricing',
    ko: '두 쪽을 다른 값으로 셈했다 (한쪽은 시세, 한쪽은 원가. 통행료는 한쪽에만)',
    en: 'The two sides are priced differently (market against cost, tolls in one only)',
  },
  {
    id: 'frequency',
    ko: '덜 자주 주문해서 준 값을 노선을 묶은 덕이라고 했다',
    en: 'Savings from ordering less often are counted as savings of routing',
  },
  { id: 'inventory', ko: '재고 비용을 빠뜨렸다', en: 'Inventory is ignored' },
  {
    id: 'programme',
    ko: '공동센터, 담당자, 보험, 프로그램이 공짜다',
    en: 'Joint centre, coordinator, insurance and software come free',
  },
  {
    id: 'unpoolable',
    ko: '함께 싣지 못하는 화물(완성금형, 시사출)을 뺐다',
    en: 'Cargo that cannot be pooled (finished molds, try-outs) is left out',
  },
  { id: 'participation', ko: '모두 참여한다고 보았다', en: 'Everybody is taken to join' },
  { id: 'luck', ko: '운 좋은 하루다', en: 'One lucky day' },
  { id: 'tuning', ko: '시험한 자료에 최적화를 맞추었다', en: 'The optimiser is tuned on the data it is shown on' },
  { id: 'service', ko: '서비스가 나빠졌다', en: 'Service is made worse' },
  { id: 'carrier', ko: '운송사를 원가 아래로 눌렀다', en: 'The carrier is squeezed below cost' },
] as const

export type AttackId = (typeof ATTACKS)[number]['id']

/** yes: from figures of this study. partly: with what is missing. no: this study does not answer it, and why. */
export interface Answer {
  readonly kind: 'yes' | 'partly' | 'no'
  readonly text: string
}
/** One for each, or it does not compile. */
export type Answers = Readonly<Record<AttackId, Answer>>

export const yes = (...text: readonly string[]): Answer => ({ kind: 'yes', text: joined(text) })
export const partly = (...text: readonly string[]): Answer => ({ kind: 'partly', text: joined(text) })
export const no = (...text: readonly string[]): Answer => ({ kind: 'no', text: joined(text) })
const joined = (text: readonly string[]): string => text.filter((part) => part !== '').join(' ')
