/** Which settings let orders wait, and what each is held against. */
import type { PickupStudy, Setting, StudyChange } from '../pickup/schema.ts'
import { COLLECT_KINDS, type CollectChange } from './schema.ts'

const isCollect = (change: StudyChange): change is CollectChange =>
  (COLLECT_KINDS as readonly string[]).includes(change.kind)

export const collectOf = ({ changes }: Pick<Setting, 'changes'>): CollectChange | undefined => changes.find(isCollect)
export const collectsOf = ({ changes }: Pick<Setting, 'changes'>): CollectChange[] => changes.filter(isCollect)

/** The setting that is the same but for the waiting. */
export function dailyOf(settings: PickupStudy['settings'], { changes }: Setting): Setting | undefined {
  const others = JSON.stringify(changes.filter((change) => !isCollect(change)))
  return settings.find((setting) => !collectOf(setting) && JSON.stringify(setting.changes) === others)
}
