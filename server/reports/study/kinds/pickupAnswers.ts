/** A study of pickups before a hostile reviewer: each answer from its own runs, or that it has none. */
import type { PickupResult, PickupStudy } from '../../../../study/index.ts'
import type { Answers } from '../attacks.ts'
import { no, partly, yes } from '../attacks.ts'
import type { StudyPapers } from '../report.ts'
import type { Say } from '../words.ts'
import { bestOf } from './frequency.ts'
import { exitSentence, paysSentence, runningSentence, settingNames } from './who.ts'

/** domain.md asks for so much before a day is more than luck. */
export const LEAST_DAYS = 20
export const LEAST_SEEDS = 5

export function pickupAnswers(
  study: PickupStudy,
  result: PickupResult,
  { data, runs }: StudyPapers,
  say: Say,
): Answers {
  const { w, of, share, won, whole, wonDifference, interval, points, digits } = say
  const base = result.settings[0]!
  const { saving, steps, baselineKrw, planKrw } = base
  const programme = study.programmeKrwPerYear ?? 0
  const own = runs.filter(({ setting }) => setting === base.setting)
  const seeds = new Set(own.map(({ seed }) => seed)).size
  const waits = own.reduce((sum, { waitS }) => sum + waitS, 0)
  const stops = own.reduce((sum, { stops: count }) => sum + count, 0)
  const found = result.frequency && bestOf(result.frequency)
  const longer = found?.more ? found : result.frequency?.settings.find(({ more }) => more !== null)
  const named = study.settings.find(({ id }) => id === longer?.setting)
  const waited = longer && { ...longer, name: named ? of(named.name) : longer.setting }
  const lost = base.unserved + base.excluded
  const { participation } = result
  const nameOf = settingNames(study, say)
  // a line for each count; a firm of many is told by who is missed most
  const counts = study.settings.flatMap(({ id, changes }) => {
    const found = result.settings.find(({ setting }) => setting === id)
    return found && changes.some(({ kind }) => kind === 'participants')
      ? [`${nameOf(id)} ${share(found.saving.B1.value)} (${found.difference ? points(found.difference.value) : '–'})`]
      : []
  })
  const late = base.lateness
  const reservedSeeds = seedsOf(data, 'reportedSeeds')
  const tunedSeeds = seedsOf(data, 'developmentSeeds')
  const tuned = study.seeds.filter((seed) => tunedSeeds.includes(seed))
  const heldOut = reservedSeeds.length > 0 && study.seeds.every((seed) => reservedSeeds.includes(seed))
  const enough = base.days >= LEAST_DAYS && seeds >= LEAST_SEEDS
  return {
    baseline: yes(
      w(
        `대표 기준은 트럭 한 대씩이 아니라 B1(화물마다 가장 싼 수단, 정기화물 포함)이며 ${share(saving.B1.value)}, ${interval(saving.B1.interval, share)}. 더 엄격한 B2(기업마다 따로 최적화) 대비 ${share(saving.B2.value)}. 트럭 한 대씩(B0) 대비 ${share(saving.B0.value)} 는 상한으로만 적습니다.`,
        `The headline is not one truck for every order but B1 (every shipment its cheapest mode, terminal freight included): ${share(saving.B1.value)}, ${interval(saving.B1.interval, share)}. Against the harder B2 (every firm alone, optimised) ${share(saving.B2.value)}. The ${share(saving.B0.value)} against one truck each (B0) is shown as an upper limit only.`,
      ),
    ),
    pricing: yes(
      w(
        `계획과 세 기준은 같은 운임표${data ? ` ${data.tariffs.length}개` : ''}로 셈합니다. 하루 평균 B1 ${won(baselineKrw.B1)}에 수단 ${wonDifference(steps.mode)}, 차량 크기 ${wonDifference(steps.truckSize)}, 노선 ${wonDifference(steps.routing)}을 더하면 계획 ${won(planKrw)} 이며, 날마다 1원까지 맞습니다. 통행료가 운임에 드는지도 두 쪽이 같습니다.`,
        `Plan and baselines are priced by the same ${data ? `${data.tariffs.length} ` : ''}tariffs. A mean day of B1, ${won(baselineKrw.B1)}, with mode ${wonDifference(steps.mode)}, truck size ${wonDifference(steps.truckSize)} and routing ${wonDifference(steps.routing)} is the plan’s ${won(planKrw)}, day by day to the won. Whether a fare holds its tolls is the same on both sides.`,
      ),
    ),
    frequency: waited
      ? yes(
          w(
            `따로 적었습니다 (하루, ${waited.name}): 빈도 ${wonDifference(waited.steps.frequency)}, 찬 노선 ${wonDifference(waited.steps.fuller)}, 재고 ${wonDifference(waited.steps.stock)}. 노선의 몫 ${wonDifference(waited.steps.routing)} 은 기다리지 않는 날의 것입니다. 같이 기다린 B1 대비로는 ${share(waited.sameWaiting.value)} 입니다.`,
            `They stand apart (a day, ${waited.name}): frequency ${wonDifference(waited.steps.frequency)}, fuller rounds ${wonDifference(waited.steps.fuller)}, stock ${wonDifference(waited.steps.stock)}. Routing, ${wonDifference(waited.steps.routing)}, is of days without waiting. Against B1 that waits as well it is ${share(waited.sameWaiting.value)}.`,
          ),
        )
      : yes(
          w(
            `아무도 덜 자주 주문하지 않습니다. 두 쪽이 같은 날 같은 주문을 나르므로 빈도의 몫은 0원이고, 하루 ${won(baselineKrw.B1 - planKrw)}은 모두 수단·차량 크기·노선의 몫입니다.`,
            `Nobody orders less often. Both sides carry the same orders on the same days, so frequency is worth nothing here; the ${won(baselineKrw.B1 - planKrw)} a day are mode, truck size and routing.`,
          ),
        ),
    inventory: waited
      ? yes(
          w(
            `더 오래 놓인 재고의 값 하루 ${won(waited.stockKrw)} 을 치른 절감입니다 (평균 ${whole(waited.stockKg)} kg 더 놓임, 기다려도 되는 주문은 평균 ${digits(waited.wait.meanDays, 2)}일, 가장 길게 ${waited.wait.longestDays}일 기다림).`,
            `The saving has paid ${won(waited.stockKrw)} a day for what lies longer (${whole(waited.stockKg)} kg more on average; orders that may wait do so ${digits(waited.wait.meanDays, 2)} days, ${waited.wait.longestDays} at most).`,
          ),
        )
      : partly(
          w(
            `주문을 모아 두지 않으므로 주기 재고는 두 쪽이 같고 셈하지 않았습니다. 희망 시각보다 늦은 정차는 ${share(base.lateShare)} 입니다. 다음 날까지 도착해도 되는 주문은 두 쪽 모두 그렇게 다룹니다. 빈도를 줄이는 안의 재고 비용은 이 연구가 답하지 않습니다.`,
            `No order is held back, so cycle stock is the same on both sides and not priced. ${share(base.lateShare)} of stops are after the wished time. Orders that may arrive the next day may do so on both sides. What stock would cost under less frequent trips this study does not answer.`,
          ),
        ),
    programme:
      programme > 0
        ? yes(
            w(
              `사업비 한 해 ${won(programme)}을 뺀 뒤 ${won(base.yearKrw.value)}이 남습니다 (${interval(base.yearKrw.interval, won)}).`,
              `After ${won(programme)} a year for the programme ${won(base.yearKrw.value)} are left (${interval(base.yearKrw.interval, won)}).`,
            ),
          )
        : partly(
            w(
              `사업비를 0원으로 두었습니다. 한 해 ${won(base.yearKrw.value)} (${interval(base.yearKrw.interval, won)}) 까지는 사업비를 써도 손해가 아니며, 그보다 비싼 사업은 B1보다 못합니다. 실제 사업비는 이 연구에 없습니다.`,
              `The programme is put at nought. Up to ${won(base.yearKrw.value)} a year (${interval(base.yearKrw.interval, won)}) could be spent on it; a dearer one is worse than B1. What it would really cost is not in this study.`,
            ),
          ),
    unpoolable: (lost > 0 ? partly : yes)(
      w(
        `함께 싣지 못하는 화물도 두 쪽의 합에 들어 있습니다. 함께 실은 화물은 ${share(base.pooledShare)}, 나머지는 개별 운송입니다. ${lost > 0 ? `계획이나 기준이 싣지 못한 ${whole(lost)}건은 두 쪽에서 함께 뺐습니다.` : '빠진 화물은 없습니다.'}`,
        `Cargo that must go alone is in both sums. ${share(base.pooledShare)} of shipments ride together, the others go alone. ${lost > 0 ? `${whole(lost)} shipments that plan or baseline could not carry are left out on both sides.` : 'None is left out.'}`,
      ),
    ),
    participation:
      counts.length > 0 || (participation && participation.exits.length > 0)
        ? yes(
            ...(counts.length > 0
              ? [
                  w(
                    `참여를 바꾸어 두 쪽을 다시 계획했습니다 (기본 ${share(saving.B1.value)}, B1 대비): ${counts.join(', ')}.`,
                    `With fewer firms both sides were planned anew (as assumed ${share(saving.B1.value)} of B1): ${counts.join(', ')}.`,
                  ),
                ]
              : []),
            ...(participation && participation.curve.length > 1
              ? [
                  w(
                    `사업비는 한 해 ${won(participation.pays.programmeKrw)}.`,
                    `The programme is ${won(participation.pays.programmeKrw)} a year.`,
                  ),
                  paysSentence(participation, say),
                ]
              : []),
            ...(participation && participation.exits.length > 0 ? [exitSentence(participation, nameOf, say)] : []),
          )
        : no(
            w(
              `이 연구는 답하지 않습니다. 기업 ${data ? `${data.firms.length}곳이 ` : ''}모두 참여한다고 보았고, 참여를 바꾼 설정이 없습니다.`,
              `This study does not answer it. ${data ? `All ${data.firms.length} firms` : 'All firms'} are taken to join, and no setting has fewer.`,
            ),
          ),
    luck: (enough ? yes : partly)(
      w(
        `${whole(base.days)}일 (씨앗 ${seeds}개): ${interval(saving.B1.interval, share)}. ${base.worstWeek ? `가장 나쁜 주 ${share(base.worstWeek.share)}.` : '이어진 닷새가 없어 가장 나쁜 주를 말할 수 없습니다.'} 하루하루는 ${share(base.byDay[0]!)} 에서 ${share(base.byDay.at(-1)!)} 까지입니다. ${runningSentence(result, say)} ${enough ? '' : `${LEAST_DAYS}일·씨앗 ${LEAST_SEEDS}개에 못 미치므로 예비 결과로 읽으세요.`}`,
        `${whole(base.days)} days of ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}: ${interval(saving.B1.interval, share)}. ${base.worstWeek ? `Worst week ${share(base.worstWeek.share)}.` : 'No five days in a row, so no worst week.'} Single days range from ${share(base.byDay[0]!)} to ${share(base.byDay.at(-1)!)}. ${runningSentence(result, say)} ${enough ? '' : `That is short of ${LEAST_DAYS} days of ${LEAST_SEEDS} seeds: take it as a first look.`}`,
      ),
    ),
    tuning: partly(
      tuned.length > 0
        ? w(
            `씨앗 ${tuned.join(', ')} 은 개발에 쓴 것이라 이 결과는 보류 자료의 것이 아닙니다.`,
            `Seeds ${tuned.join(', ')} were used in development, so this is not a hold-out result.`,
          )
        : heldOut
          ? w(
              `씨앗 ${study.seeds.join(', ')} 은 개발에 쓰지 않고 보류한 것입니다 (개발: ${tunedSeeds.join(', ')}).`,
              `Seeds ${study.seeds.join(', ')} were held out of development (which used ${tunedSeeds.join(', ')}).`,
            )
          : w(
              `씨앗 ${study.seeds.join(', ')} 이 개발에 쓰인 적이 있는지는 단지 자료에 적혀 있지 않습니다.`,
              `The data of the complex do not say whether seeds ${study.seeds.join(', ')} were ever used in development.`,
            ),
      w(
        `탐색은 하루 ${whole(study.iterations)}번으로 고정이고 어떤 값에도 맞추지 않았습니다. 계획은 실행할 수 있는 답이라 더 찾으면 절감은 늘기만 합니다. 하한은 연구에서 구하지 않으므로 얼마나 더 줄일 수 있는지는 답하지 않습니다.`,
        `The search is fixed at ${whole(study.iterations)} iterations a day and fitted to no figure. Plans can be driven as they are, so more search could only save more. No lower bound is worked out in a study: how much more could be saved it does not answer.`,
      ),
    ),
    service: partly(
      w(
        `계획의 정차 ${whole(stops)}번 가운데 희망 시각보다 늦은 것 ${share(base.lateShare)}, 정차마다 대기 평균 ${whole(stops > 0 ? waits / stops / 60 : 0)}분, 싣지 못한 화물 ${whole(base.unserved)}건. 시간창은 계획이 지켜야 하는 규칙입니다. 기준 쪽의 지연은 재지 않았습니다.`,
        `Of ${whole(stops)} stops of the plans ${share(base.lateShare)} are after the wished time; waiting is ${whole(stops > 0 ? waits / stops / 60 : 0)} min a stop, and ${whole(base.unserved)} shipments were not carried. Windows are rules that every plan keeps. Lateness of the baselines is not measured.`,
      ),
      late
        ? w(
            `도로와 상하차 시간이 계획과 다를 때 정차 하나가 늦을 확률은 ${share(late.share.value)} (${interval(late.share.interval, share)})${late.worst[0] ? `, 가장 잦은 곳은 ${late.worst[0].site} (100일에 ${digits(late.worst[0].per100Days, 1)}번)` : ''}. 흩어짐은 가정입니다.`,
            `Where roads and gates stray from the plan a stop is late with ${share(late.share.value)} (${interval(late.share.interval, share)})${late.worst[0] ? `, most often at ${late.worst[0].site} (${digits(late.worst[0].per100Days, 1)} in 100 days)` : ''}. The spread is assumed.`,
          )
        : w(
            '계획과 다르게 달릴 때 늦을 확률은 예전 판의 실행이라 말하지 않습니다.',
            'How likely a stop is late when the day strays from the plan, runs of an older version do not say.',
          ),
    ),
    carrier: no(
      w(
        `이 연구는 답하지 않습니다. 운송사는 두 쪽에서 같은 운임표로 받지만, 실행은 차의 원가와 시간당 수입을 남기지 않습니다. 하루의 계획과 그 원가는 계획 화면의 비용표를 보세요.`,
        'This study does not answer it. Carriers are paid by the same tariffs on both sides, but runs keep no cost of a truck nor income an hour. See the ledger of a day’s plan for those.',
      ),
    ),
  }
}

/** Seeds that the demand of a complex sets apart. */
function seedsOf(data: StudyPapers['data'], which: 'reportedSeeds' | 'developmentSeeds'): number[] {
  const demand = data?.demand as Readonly<Record<string, unknown>> | undefined
  const list = demand?.[which]
  return Array.isArray(list) ? list.filter((seed) => typeof seed === 'number') : []
}
