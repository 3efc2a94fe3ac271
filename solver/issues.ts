/**
 * Faults in the caller's data: all of them at once, each with its place and remedy, in the reader's language.
 * The schema is asked first, then the meaning. The second part trusts nothing: it runs on documents with schema faults too.
 */
import { type Static, type TSchema, Type } from 'typebox'
import { checkCompany, checkRides } from './issues/company.ts'
import { isObject, looseProblem, type Say } from './issues/loose.ts'
import * as meaning from './issues/meaning.ts'
import { findSchemaIssues, sayFaults } from './issues/schema.ts'
import { checkServable } from './issues/servable.ts'
import { checkTexts } from './issues/texts.ts'
import { fillWords, ISSUE_WORDS, type Locale } from './words.ts'

export { findBadTexts } from './issues/texts.ts'
export { inOtherGwangju, isBusinessNumber, KOREA, nearGwangju, straightKm } from './korea.ts'
export { fillWords, LOCALES, type Locale, PRECISION_WORDS } from './words.ts'

export const IssueSchema = Type.Object(
  {
    code: Type.String({ description: 'stable, for programs: window.closesBeforeOpens' }),
    severity: Type.Union([Type.Literal('error'), Type.Literal('warning')], {
      description: 'error: cannot be planned; warning: can be planned, probably not what was meant',
    }),
    path: Type.String({ description: 'vehicles/2/shifts/0, or row 14 column 중량' }),
    row: Type.Optional(Type.Integer({ description: 'line of the imported file, the header is 1' })),
    column: Type.Optional(Type.String({ description: 'header of the imported file' })),
    message: Type.String(),
    remedy: Type.String(),
  },
  { additionalProperties: false },
)
export type Issue = Static<typeof IssueSchema>

const sayInto =
  (issues: Issue[], locale: Locale): Say =>
  (code, path, values = {}) => {
    const words = ISSUE_WORDS[code]
    const [message, remedy] = words[locale].map((text) => fillWords(text, values))
    issues.push({ code, severity: words.severity, path, message, remedy })
  }

/** What a schema says of a document of another kind than a problem, in the same words. `root`: the path it stands at. */
export function findFormIssues(schema: TSchema, input: unknown, locale: Locale = 'ko', root = ''): Issue[] {
  const issues: Issue[] = []
  const say = sayInto(issues, locale)
  if (isObject(input)) sayFaults(schema, input, root, locale, say)
  else say('document.notObject', root)
  return issues
}

/** Every fault of a problem that came from outside. An empty list: it can be planned. Never throws. */
export function findIssues(input: unknown, locale: Locale = 'ko'): Issue[] {
  const issues: Issue[] = []
  const say = sayInto(issues, locale)
  if (!isObject(input)) {
    say('problem.notObject', '')
    return issues
  }
  findSchemaIssues(input, locale, say)
  checkTexts(input, say)
  const problem = looseProblem(input)
  meaning.checkDay(input, say)
  meaning.checkIds(problem, say)
  meaning.checkReferences(problem, say)
  meaning.checkWindows(problem, say)
  meaning.checkShifts(problem, say)
  meaning.checkDrivers(input, problem, say)
  meaning.checkHorizon(input, problem, say)
  meaning.checkFleet(input, problem, say)
  meaning.checkSites(input, problem, locale, say)
  meaning.checkShipments(problem, say)
  checkCompany(input, problem, say)
  checkRides(input, problem, say)
  checkServable(problem, say)
  meaning.checkTariffs(problem, say)
  meaning.checkBalance(input.balance, problem, say)
  if (isObject(input.timeOfDay)) meaning.checkSlices(input.timeOfDay.slices, 'timeOfDay', say)
  meaning.checkTravel(input.travel, problem, say)
  meaning.checkTollDiscounts(input, say)
  return issues
}
