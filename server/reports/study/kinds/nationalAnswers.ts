/** A study over many complexes before a hostile reviewer: each answer from its sums and complexes, or that it has none. */
import type { NationalResult, NationalStudy } from '../../../../study/index.ts'
import { type Answers, no, partly, yes } from '../attacks.ts'
import type { Say } from '../words.ts'
import { LEAST_DAYS, LEAST_SEEDS } from './pickupAnswers.ts'

type Sum = NationalResult['all'][number]
interface Said {
  readonly name: string
  readonly says: NationalResult['complexes'][number]['settings'][number] | undefined
}

export function nationalAnswers(
  study: NationalStudy,
  { all }: NationalResult,
  base: Sum,
  rows: readonly Said[],
  { w, of, share, won, whole, interval, points }: Say,
): Answers {
  const { saving, yearKrw, planKrw, baselineKrw } = base
  const programme = study.programmeKrwPerYear ?? 0
  const said = rows.flatMap(({ name, says }) => (says ? [{ name, ...says }] : []))
  const least = said.at(-1)
  const draws = study.seeds.length * study.days
  const enough = draws >= LEAST_DAYS && study.seeds.length >= LEAST_SEEDS
  const waits = study.settings.some(({ changes }) => changes.some(({ kind }) => kind.startsWith('collect')))
  const some = study.settings.flatMap(({ id, name, changes }) => {
    const found = all.find(({ setting }) => setting === id)
    return found && changes.some(({ kind }) => kind === 'participants' || kind === 'firm')
      ? [`${of(name)} ${share(found.saving.B1.value)} (${found.difference ? points(found.difference.value) : '–'})`]
      : []
  })
  const lost = base.unserved + base.excluded
  const late = said.flatMap(({ name, lateness }) => (lateness ? [{ name, share: lateness.share.value }] : []))
  const [worst] = late.toSorted((a, b) => b.share - a.share)
  const mean = late.reduce((sum, one) => sum + one.share, 0) / Math.max(1, late.length)
  const own = w(
    '단지마다의 연구가 그 단지의 값으로 답합니다.',
    'The study of each complex answers it from its own figures.',
  )
  return {
    baseline: yes(
      w(
        `대표 기준은 트럭 한 대씩이 아니라 B1(화물마다 가장 싼 수단, 정기화물 포함)이며 합계 ${share(saving.B1.value)}, ${interval(saving.B1.interval, share)}. 더 엄격한 B2(기업마다 따로 최적화) 대비 ${share(saving.B2.value)}. 트럭 한 대씩(B0) 대비 ${share(saving.B0.value)} 는 상한으로만 적습니다.`,
        `The headline is not one truck for every order but B1 (every shipment its cheapest mode, terminal freight included): ${share(saving.B1.value)} over all, ${interval(saving.B1.interval, share)}. Against the harder B2 (every firm alone, optimised) ${share(saving.B2.value)}. The ${share(saving.B0.value)} against one truck each (B0) is shown as an upper limit only.`,
      ),
    ),
    pricing: yes(
      w(
        `단지마다 계획과 세 기준을 그 단지의 같은 운임표로 셈합니다. 하루의 합은 B1 ${won(baselineKrw.B1)}, 계획 ${won(planKrw)} 이며, 날마다의 걸음은 단지의 연구에서 1원까지 맞습니다. 운임표는 단지마다 다를 수 있고 서로 섞지 않습니다.`,
        `In each complex plan and baselines are priced by the same tariffs of that complex. The sum of mean days is ${won(baselineKrw.B1)} for B1 and ${won(planKrw)} for the plan; the steps of each day add up to the won in the study of the complex. Tariffs may differ between complexes and are not mixed.`,
      ),
    ),
    frequency: waits
      ? partly(
          w(
            '기다리는 설정은 기다리지 않는 B1과 그대로 견줄 수 없어 합계에 넣지 않았습니다. 그 몫은 단지마다의 연구에 따로 있습니다.',
            'Settings in which orders wait cannot be held against B1 as they are and are in no sum. What waiting brings stands apart in the study of each complex.',
          ),
        )
      : yes(
          w(
            '어느 단지에서도 덜 자주 주문하지 않습니다. 두 쪽이 같은 날 같은 주문을 나르므로 빈도의 몫은 0원입니다.',
            'Nobody orders less often in any complex. Both sides carry the same orders on the same days, so frequency is worth nothing here.',
          ),
        ),
    inventory: partly(
      w(
        '주문을 모아 두지 않는 합계라 주기 재고는 두 쪽이 같고 셈하지 않았습니다. 기다리는 설정의 재고 비용은 단지마다의 연구에 있습니다.',
        'In the sums no order is held back, so cycle stock is the same on both sides and not priced. What stock costs where orders wait is in the study of each complex.',
      ),
    ),
    programme:
      programme > 0
        ? yes(
            w(
              `사업비를 단지마다 한 해 ${won(programme)}씩 (모두 ${won(programme * base.complexes)}) 뺀 뒤 ${won(yearKrw.value)}이 남습니다 (${interval(yearKrw.interval, won)}).`,
              `After ${won(programme)} a year in each complex (${won(programme * base.complexes)} in all) ${won(yearKrw.value)} are left (${interval(yearKrw.interval, won)}).`,
            ),
          )
        : partly(
            w(
              `사업비를 0원으로 두었습니다. 모두 합해 한 해 ${won(yearKrw.value)} (${interval(yearKrw.interval, won)}), 단지마다 평균 ${won(yearKrw.value / Math.max(1, base.complexes))} 까지는 써도 손해가 아닙니다.`,
              `The programme is put at nought. Up to ${won(yearKrw.value)} a year over all (${interval(yearKrw.interval, won)}), ${won(yearKrw.value / Math.max(1, base.complexes))} a complex on average, could be spent on it.`,
            ),
          ),
    unpoolable: (lost > 0 ? partly : yes)(
      w(
        `함께 싣지 못하는 화물도 두 쪽의 합에 들어 있습니다 (하루 ${whole(base.shipments)}건). ${lost > 0 ? `계획이나 기준이 싣지 못한 ${whole(lost)}건은 두 쪽에서 함께 뺐습니다.` : '빠진 화물은 없습니다.'}`,
        `Cargo that must go alone is in both sums (${whole(base.shipments)} shipments a day). ${lost > 0 ? `${whole(lost)} that plan or baseline could not carry are left out on both sides.` : 'None is left out.'}`,
      ),
    ),
    participation:
      some.length > 0
        ? partly(
            w(
              `참여를 바꾸어 모든 단지에서 두 쪽을 다시 계획했습니다 (기본 ${share(saving.B1.value)}, B1 대비): ${some.join(', ')}. 몇 곳부터 사업비를 갚는지는 단지마다 다르며 그 단지의 연구가 답합니다.`,
              `With fewer firms both sides were planned anew in all complexes (as assumed ${share(saving.B1.value)} of B1): ${some.join(', ')}. From how many firms on a programme is paid differs; the study of each complex says so.`,
            ),
          )
        : no(
            w(
              `이 연구는 답하지 않습니다. 모든 단지에서 기업이 모두 참여한다고 보았습니다. ${own}`,
              `This study does not answer it. In all complexes all firms are taken to join. ${own}`,
            ),
          ),
    luck: (enough ? yes : partly)(
      w(
        `씨앗 ${study.seeds.length}개 × ${study.days}일: ${interval(saving.B1.interval, share)}. 가장 적게 아끼는 단지는 ${least ? `${least.name} ${share(least.saving.B1.value)} (${interval(least.saving.B1.interval, share)})` : '없음'}. ${enough ? '' : `${LEAST_DAYS}일·씨앗 ${LEAST_SEEDS}개에 못 미치므로 예비 결과로 읽으세요.`}`,
        `${study.seeds.length} ${study.seeds.length === 1 ? 'seed' : 'seeds'} × ${study.days} days: ${interval(saving.B1.interval, share)}. Least is saved in ${least ? `${least.name}, ${share(least.saving.B1.value)} (${interval(least.saving.B1.interval, share)})` : 'none'}. ${enough ? '' : `That is short of ${LEAST_DAYS} days of ${LEAST_SEEDS} seeds: take it as a first look.`}`,
      ),
    ),
    tuning: partly(
      w(
        `탐색은 하루 ${whole(study.iterations)}번으로 모든 단지에서 같고 어떤 값에도 맞추지 않았습니다. 씨앗 ${study.seeds.join(', ')} 이 개발에 쓰였는지는 단지의 연구가 말합니다. 하한은 구하지 않으므로 얼마나 더 줄일 수 있는지는 답하지 않습니다.`,
        `The search is ${whole(study.iterations)} iterations a day in all complexes and fitted to no figure. Whether seeds ${study.seeds.join(', ')} were used in development the study of each complex says. No lower bound is worked out: how much more could be saved it does not answer.`,
      ),
    ),
    service: worst
      ? partly(
          w(
            `도로와 상하차 시간이 계획과 다를 때 정차 하나가 늦을 확률은 단지 평균 ${share(mean)}, 가장 높은 곳은 ${worst.name} ${share(worst.share)} 입니다 (가정한 흩어짐). 시간창은 모든 계획이 지키는 규칙입니다. 기준 쪽의 지연은 재지 않았습니다.`,
            `Where roads and gates stray from the plan a stop is late with ${share(mean)} in the mean of the complexes, ${share(worst.share)} at most (${worst.name}), on the spread assumed. Windows are rules that every plan keeps. Lateness of the baselines is not measured.`,
          ),
        )
      : no(
          w(
            '이 연구는 답하지 않습니다. 늦을 확률을 말하지 않는 예전 판의 실행입니다.',
            'This study does not answer it: its runs are of an older version, which does not say how likely a stop is late.',
          ),
        ),
    carrier: no(
      w(
        '이 연구는 답하지 않습니다. 운송사는 두 쪽에서 같은 운임표로 받지만, 실행은 차의 원가와 시간당 수입을 남기지 않습니다.',
        'This study does not answer it. Carriers are paid by the same tariffs on both sides, but runs keep no cost of a truck nor income an hour.',
      ),
    ),
  }
}
