import { expect, test } from 'vitest'
import { checkPlan, type Judged, openEditor, type Plan } from '../../../solver/index.ts'
import { Random } from '../../../solver/random.ts'
import { manyFeatures } from '../features.ts'
import { planOf } from '../routes.ts'
import { KINDS, randomEdit } from './randomEdits.ts'

const drivenBy = ({ routes, direct }: Plan) => [...routes, ...direct.flatMap(({ route }) => route ?? [])]
const sumsOf = (plan: Plan) => ({
  deltaKrw: plan.costKrw,
  deltaM: drivenBy(plan).reduce((sum, { distanceM }) => sum + distanceM, 0),
  deltaS: drivenBy(plan).reduce((sum, { departS, returnS }) => sum + returnS - departS, 0),
  deltaWaitS: drivenBy(plan).reduce((sum, { waitS }) => sum + waitS, 0),
  deltaUnserved: plan.unserved.length,
})

function expectDifferences(judged: Judged, before: Plan, after: Plan, where: string) {
  const [was, is] = [sumsOf(before), sumsOf(after)]
  for (const key of ['deltaKrw', 'deltaM', 'deltaS', 'deltaWaitS', 'deltaUnserved'] as const)
    expect(judged[key], `${where} ${key}`).toBe(is[key] - was[key])
  expect(
    judged.lines.reduce((sum, { krw }) => sum + krw, 0),
    where,
  ).toBe(judged.deltaKrw)
}

test('what is accepted is what the check accepts, at the differences told; what is refused names a rule; the rest keeps its times', () => {
  const seen = new Map<string, number>()
  const see = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1)
  for (let seed = 1; seed <= 120; seed++) {
    const { problem, travel, on } = manyFeatures(seed)
    const random = new Random(seed)
    let editor = openEditor(problem, travel, planOf(problem, travel, { seed, iterations: 20 }))
    for (let k = 0; k < 30; k++) {
      const { plan: before } = editor
      const edit = randomEdit(random, problem, before)
      const where = `seed ${seed} ${k} [${[...on]}] ${JSON.stringify(edit)}`
      const judged = editor.judge(edit)
      see(`${edit.kind} ${judged.plan ? 'accepted' : 'refused'}`)
      expect(judged.broken.length === 0, where).toBe(judged.plan !== undefined)
      for (const { excess, rule } of judged.broken) {
        expect(excess, `${where} ${rule}`).toBeGreaterThan(0)
        see(`rule ${rule}`)
      }
      if (!judged.plan) continue
      const after = judged.plan
      expect(checkPlan(problem, travel, after), where).toEqual([])
      expectDifferences(judged, before, after, where)
      for (const route of before.routes)
        if (!judged.routes.includes(route.id))
          expect(
            after.routes.find(({ id }) => id === route.id),
            where,
          ).toEqual({
            ...route,
            ...(after.routes.find(({ id }) => id === route.id)?.driver && {
              driver: after.routes.find(({ id }) => id === route.id)!.driver,
            }),
          })
      expect(after.edits?.at(-1), where).toEqual({ edit, krw: judged.deltaKrw })
      editor = editor.with(after)
    }
  }
  for (const kind of KINDS) expect(seen.get(`${kind} accepted`), kind).toBeGreaterThan(10)
})
