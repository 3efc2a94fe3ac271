/** Words of the study of pickups: who must take part, whether days were enough, who is late, and how a fitted demand fits. */
import type { OrderFit } from '../../server/api.ts'
import type { Verdict } from '../../study/index.ts'

type Misfit = OrderFit['goodness']['firms'][number]['misfits'][number]

export const studyWhoKo = {
  curve: '몇 곳이 참여해야 하나',
  curveNote: (programme: string) => `한 해 절감 − 사업비 ${programme}, 기준 B1`,
  curveAxis: '참여기업 수',
  paysFrom: (firms: number, tried: number) =>
    firms === tried
      ? `견준 것 가운데 ${firms}곳이 모두 참여해야 사업비를 갚습니다.`
      : `${firms}곳부터 사업비를 갚습니다.`,
  paysSurely: (firms: number) => `95 % 구간까지 보면 ${firms}곳부터입니다.`,
  notSurely: '95 % 구간까지 보면 어느 수에서도 장담할 수 없습니다.',
  paysNever: '견준 어느 수에서도 사업비를 갚지 못합니다.',
  curveHow:
    '기업은 시드마다 새로 뽑고 양쪽을 다시 계획했습니다. 가는 선: 시드 사이에서 잰 95 % 구간. 시드가 하나면 범위를 말할 수 없습니다.',
  paysLine: '사업비를 갚는 선',
  firms: (count: string) => `${count}곳`,
  exits: '누가 빠지면 무너지나',
  exitsNote: '한 곳이 빠질 때 한 해 절감이 주는 값, 기준 B1',
  exitsSentence: (setting: string, krw: string) => `가장 아쉬운 것: ${setting}. 한 해 ${krw}을 덜 아낍니다.`,
  breaks: (count: number) => `${count}곳은 하나만 빠져도 나머지가 사업비를 갚지 못합니다.`,
  breaksOpen: (count: number) => `${count}곳은 빠지면 나머지가 갚는지 95 % 구간으로는 말할 수 없습니다.`,
  breaksNone: '어느 한 곳이 빠져도 나머지는 사업비를 갚습니다.',
  already: '아무도 빠지지 않아도 사업비를 갚지 못합니다.',
  exitsHow: '한 곳씩 빼고 같은 날에 양쪽을 다시 계획했습니다. 구간은 같은 날끼리 견준 차이의 것입니다.',
  rest: '나머지의 한 해 절감 (사업비 뺌)',
  restShare: '나머지의 B1 대비',
  lost: '주는 절감 (한 해)',
  verdicts: { holds: '갚음', open: '불확실', breaks: '못 갚음' } as Readonly<Record<Verdict, string>>,
  targets: { holds: '닿음', open: '불확실', breaks: '못 닿음' } as Readonly<Record<Verdict, string>>,
  paysHead: '사업비',
  targetHead: (share: string) => `목표 ${share}`,
  more: (count: number) => `나머지 ${count}곳은 표에 있습니다.`,
  running: '며칠이면 충분한가',
  runningNote: '뽑은 날이 늘 때 절감률과 95 % 구간, 기준 B1',
  runningAxis: '뽑은 날',
  enough: (days: string) => `${days}일째부터 ±1 %p 안이고, 그 뒤로 벗어나지 않았습니다.`,
  notEnough: (days: string, all: string) =>
    `${days}일로는 ±1 %p 에 들지 못했습니다. 지금까지의 흩어짐으로는 ${all}일쯤 필요합니다(추정).`,
  late: '정차가 늦을 확률',
  lateNote: '도로와 상하차 시간이 계획과 다를 때',
  lateSentence: (share: string) => `노선의 정차 하나가 늦을 확률은 ${share}입니다.`,
  lateHow: (day: string, leg: string, stop: string, draws: number) =>
    `가정: 도로 시간은 날마다 ${day}, 구간마다 ${leg}, 정차 시간은 ${stop} 흩어짐(로그 표준편차). 계획한 하루를 ${draws}번 몰아 봅니다. 지킬 시간대나 희망 시각을 넘겨 시작하면 늦은 것입니다.`,
  lateWhere: '자주 늦는 곳',
  latePer100: '100일에 늦는 정차',
  interval: '95 % 구간',
  runningLine: 'B1 대비 절감률',
  exitHolds: '빠져도 나머지가 사업비를 갚거나 알 수 없음',
  exitBreaks: '빠지면 나머지가 사업비를 갚지 못함',
  lateNone: '눈에 띄게 늦는 곳이 없습니다.',
  columns: {
    firms: '참여기업',
    'won a year': '한 해 원 (사업비 뺌)',
    low: '95 % 아래',
    high: '95 % 위',
    saving: 'B1 대비',
  },
  exitSettings: {
    title: '누가 빠지면 무너지나',
    hint: '기업이 하나씩 빠질 때를 설정으로 더해, 빠지기 전과 같은 날로 견줍니다.',
    add: (count: string) => `기업 ${count}곳, 하나씩 빼 보기`,
    drop: (count: string) => `빠지는 설정 ${count}개 지우기`,
    tooMany: (most: string) =>
      `설정은 ${most}개까지입니다. 기업이 더 많으면 다른 설정을 줄이거나 문서에 골라 적으세요.`,
  },
  fit: {
    title: '수요를 지난 주문에 맞추기',
    hint: '이 서비스에 있는 단지의 날들에서 기업마다의 빈도, 무게, 시간을 맞추고 얼마나 맞는지 보여 줍니다.',
    from: '첫날',
    to: '마지막 날',
    run: '맞추기',
    use: '이 연구에 쓰기',
    used: '이 연구는 맞춘 수요를 씁니다',
    drop: '단지의 가정으로 되돌리기',
    result: (orders: string, days: string) => `주문 ${orders}건, 영업일 ${days}일`,
    fits: (tests: number) => `검정 ${tests}가지 가운데 어긋나는 것이 없습니다.`,
    misfit: (tests: number, firms: number, flows: number) =>
      `검정 ${tests}가지 가운데 어긋나는 것: 기업 ${firms}곳, 흐름 ${flows}가지. 그만큼 덜 믿을 만합니다.`,
    drift: '앞뒤 절반의 주문이 다릅니다: 한 해로는 철과 성장을 가르지 못합니다.',
    perDay: (days: number, model: string, bySize: string) =>
      `남겨 둔 ${days}일의 하루 로그가능도 ${model} (같은 크기의 기업을 같게 보면 ${bySize}; 클수록 잘 맞음)`,
    firm: '기업',
    perWeek: '주에',
    dispersion: '흩어짐',
    held: '남겨 둔 날: 본 / 말한 수',
    doubt: '어긋남',
    misfits: { clumped: '몰려서 옴', weekday: '요일이 다름', level: '수가 다름' } as Readonly<Record<Misfit, string>>,
    leftOut: (count: string) => `뺀 주문 ${count}건: 주말과 휴일, 단지에 없는 장소, 남의 장소 사이`,
  },
}

export const studyWhoEn: typeof studyWhoKo = {
  curve: 'How many must take part',
  curveNote: (programme) => `saved a year, programme of ${programme} paid, against B1`,
  curveAxis: 'firms that take part',
  paysFrom: (firms, tried) =>
    firms === tried
      ? `Of the counts tried, only all ${firms} firms pay for the programme.`
      : `From ${firms} firms on the programme is paid for.`,
  paysSurely: (firms) => `By the 95 % interval, from ${firms} firms on.`,
  notSurely: 'By the 95 % interval no count is sure to pay.',
  paysNever: 'No count that was tried pays for the programme.',
  curveHow:
    'Firms are drawn anew for each seed, and both sides planned anew. Whiskers: 95 % interval between seeds; one seed says nothing of it.',
  paysLine: 'programme paid',
  firms: (count) => `${count} firms`,
  exits: 'Whose exit breaks it',
  exitsNote: 'saved less a year when one firm leaves, against B1',
  exitsSentence: (setting, krw) => `Missed most: ${setting}, ${krw} less saved a year.`,
  breaks: (count) => `Without any one of ${count} firms the others do not pay for the programme.`,
  breaksOpen: (count) => `Of ${count} firms the 95 % interval does not say whether the others still pay.`,
  breaksNone: 'Whichever firm leaves, the others pay for the programme.',
  already: 'The programme is not paid for even if nobody leaves.',
  exitsHow:
    'Each firm left out in turn, both sides planned anew on the same days; the interval is that of the paired difference.',
  rest: 'others save a year (programme paid)',
  restShare: 'others, of B1',
  lost: 'saved less (a year)',
  verdicts: { holds: 'paid', open: 'unsure', breaks: 'not paid' },
  targets: { holds: 'reached', open: 'unsure', breaks: 'missed' },
  paysHead: 'programme',
  targetHead: (share) => `target ${share}`,
  more: (count) => `The other ${count} are in the table.`,
  running: 'How many days are enough',
  runningNote: 'saving and 95 % interval as days are added, against B1',
  runningAxis: 'days drawn',
  enough: (days) => `Within ±1 point from day ${days} on, and never outside again.`,
  notEnough: (days, all) =>
    `${days} days are not within ±1 point. By the spread so far about ${all} are needed (estimate).`,
  late: 'How likely a stop is late',
  lateNote: 'where roads and gates stray from the plan',
  lateSentence: (share) => `A stop of a round is late with a likelihood of ${share}.`,
  lateHow: (day, leg, stop, draws) =>
    `Assumed: road times stray by ${day} a day and ${leg} a leg, stops by ${stop} (sd of the logarithm). Each planned day is driven ${draws} times. Late is who begins after the window, or the wished hours, that the plan keeps.`,
  lateWhere: 'where stops are often late',
  latePer100: 'late stops in 100 days',
  interval: '95 % interval',
  runningLine: 'saving of B1',
  exitHolds: 'the others still pay for the programme, or nobody can tell',
  exitBreaks: 'the others no longer pay for the programme',
  lateNone: 'No place is late often enough to name.',
  columns: {
    firms: 'firms',
    'won a year': 'won a year, programme paid',
    low: '95 % low',
    high: '95 % high',
    saving: 'saving of B1',
  },
  exitSettings: {
    title: 'Whose exit breaks it',
    hint: 'Adds a setting for each firm that leaves, held against the same days before it left.',
    add: (count) => `Leave out ${count} firms, one at a time`,
    drop: (count) => `Drop the ${count} settings of exits`,
    tooMany: (most) =>
      `A study has up to ${most} settings. Where there are more firms, drop other settings or choose firms in the document.`,
  },
  fit: {
    title: 'Fit the demand to past orders',
    hint: 'From the days of the complex that this service keeps: how often each firm orders, how heavy, at what hours, and how well that fits.',
    from: 'first day',
    to: 'last day',
    run: 'Fit',
    use: 'Use in this study',
    used: 'This study draws from a fitted demand',
    drop: 'Back to the assumptions of the complex',
    result: (orders, days) => `${orders} orders of ${days} working days`,
    fits: (tests) => `None of ${tests} tests speaks against the model.`,
    misfit: (tests, firms, flows) =>
      `Of ${tests} tests these speak against the model: ${firms} firms, ${flows} flows. What is said of them is worth less.`,
    drift: 'The halves differ: one year cannot tell a season from growth.',
    perDay: (days, model, bySize) =>
      `log likelihood a day of ${days} held-out days ${model} (firms of a size alike ${bySize}; more is better)`,
    firm: 'firm',
    perWeek: 'a week',
    dispersion: 'dispersion',
    held: 'held-out: seen / promised',
    doubt: 'does not fit',
    misfits: { clumped: 'in bursts', weekday: 'own weekdays', level: 'other numbers' },
    leftOut: (count) =>
      `${count} orders left out: weekends and holidays, places unknown here, or between places of others`,
  },
}
