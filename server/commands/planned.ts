/** A problem and its plan, as most commands take them: `PROBLEM.json PLAN.json` and the options of roads. */
import { travelFrom } from '../travel/travelOf.ts'
import { describeIssue, type Terminal } from './command.ts'
import { readPlan, readProblem } from './files.ts'
import { chosenRoads } from './roads.ts'

/** Warnings of the problem are noted. `travel` is asked anew, in the way in which the plan was made. */
export async function readPlanned(
  [problemPath, planPath]: readonly string[],
  values: Parameters<typeof chosenRoads>[0],
  { locale, note }: Pick<Terminal, 'locale' | 'note'>,
) {
  const problem = await readProblem(problemPath!, locale, (issue) => note(describeIssue(issue, locale)))
  const { plan, file } = await readPlan(planPath!)
  const travel = await travelFrom(await chosenRoads(values, locale))(problem, undefined, plan.provenance)
  return { problem, plan, file, travel }
}
