/** What a disturbance brought with it, in words. Routes are called as the plan before calls them. */
import { describeRule } from '../describe.ts'
import { clockOf } from '../edits/words.ts'
import { withParticle } from '../particles.ts'
import type { Locale } from '../words.ts'
import type { DriverChange } from './changes.ts'
import type { Disturbed, DisturbNote } from './disturb.ts'

const topic = (word: string): string => withParticle(word, 'topic')

export function describeNotes({ notes, problem }: Pick<Disturbed, 'notes' | 'problem'>, locale: Locale): string[] {
  const names = new Map(problem.sites.map(({ id, name }) => [id, name]))
  return notes.map((note) => describeNote(note, (id) => names.get(id) ?? id, locale))
}

function describeNote(note: DisturbNote, nameSite: (id: string) => string, locale: Locale): string {
  const ko = locale === 'ko'
  switch (note.kind) {
    case 'aboard':
      return ko
        ? `${topic(`화물 ${note.shipment}`)} 이미 실려 있어 그대로 나릅니다. 되돌리려면 기사와 따로 정하세요.`
        : `Shipment ${note.shipment} is on board already and goes on. To turn it back, arrange that with the driver.`
    case 'diverted':
      return ko
        ? `${topic(`노선 ${note.route}`)} 없어진 곳으로 가던 길이었습니다. 거기서 다음 정차지까지의 시각은 추정입니다.`
        : `Route ${note.route} was on its way to a stop that is gone. From there, the time to its next stop is an estimate.`
    case 'stands':
      return ko
        ? `노선 ${note.route}의 차가 ${clockOf(note.atS, locale)}부터 ${nameSite(note.site)}에 서 있습니다. 그곳까지와 그곳부터의 길은 추정입니다.`
        : `The truck of route ${note.route} stands at ${nameSite(note.site)} since ${clockOf(note.atS, locale)}. The ways to it and from it are estimates.`
    case 'stays':
      return ko
        ? `노선 ${note.route}의 차는 아직 떠나지 않았으므로 오늘 쓰지 않습니다.`
        : `The truck of route ${note.route} had not left; it is not used today.`
    case 'fetched':
      return ko
        ? `${topic(`화물 ${note.shipment}`)} 서 있는 차에서 옮겨 싣습니다: '${note.onward}'. 옮겨 실을 장비가 있다고 봅니다.`
        : `Shipment ${note.shipment} is taken over from the truck that stands, as '${note.onward}'. Gear to move it is assumed.`
    case 'late':
      return ko
        ? `${topic(`화물 ${note.shipment}`)} ${nameSite(note.site)}에 ${clockOf(note.startS, locale)}보다 일찍 닿을 수 없습니다. 약속한 시각이 지나므로 그때까지 열어 달라고 알리세요.`
        : `Shipment ${note.shipment} cannot be at ${nameSite(note.site)} before ${clockOf(note.startS, locale)}, later than was agreed. Ask them to stay open until then.`
    case 'overtime':
      return ko
        ? `${topic(`노선 ${note.route}`)} 근무 시간을 넘겨 ${clockOf(note.untilS, locale)}에 돌아옵니다.`
        : `Route ${note.route} is back at ${clockOf(note.untilS, locale)}, after its shift.`
  }
}

export function describeUnable({ route, rule }: Disturbed['unable'][number], locale: Locale): string {
  return locale === 'ko'
    ? `${topic(`노선 ${route}`)} 실은 화물을 다 내릴 수 없습니다 (${describeRule(rule, locale)}). 시각이나 사건을 고치거나, 그 차를 고장으로 두어 다른 차가 이어 싣게 하세요.`
    : `Route ${route} cannot set down all that it has on board (${describeRule(rule, locale)}). Correct the times or the event, or call the truck broken down, so that others take its goods over.`
}

/** "노선 2: 정차 +2 −1, 최대 25분 늦어짐" */
export function describeChange(change: DriverChange, locale: Locale): string {
  const ko = locale === 'ko'
  const { before, after, added, dropped, shiftS, kind } = change
  const name = before ?? after
  const head = ko ? `노선 ${name}` : `Route ${name}`
  if (kind === 'same') return `${head}: ${ko ? '그대로' : 'as it was'}`
  if (kind === 'gone') return `${head}: ${ko ? '더 달리지 않음' : 'drives no more'}`
  if (kind === 'new')
    return ko ? `새 노선 ${name}: 상·하차 ${added.length}` : `New route ${name}: ${added.length} services`
  const minutes = Math.round(Math.abs(shiftS) / 60)
  const parts = [
    added.length > 0 && (ko ? `더함 ${added.length}` : `${added.length} added`),
    dropped.length > 0 && (ko ? `뺌 ${dropped.length}` : `${dropped.length} dropped`),
    shiftS !== 0 &&
      (ko
        ? `최대 ${minutes}분 ${shiftS > 0 ? '늦어짐' : '빨라짐'}`
        : `up to ${minutes} min ${shiftS > 0 ? 'later' : 'earlier'}`),
  ].filter((part) => part !== false)
  return `${head}: ${parts.join(', ')}`
}
