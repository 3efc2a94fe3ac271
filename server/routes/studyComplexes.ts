/** The complexes of studies in which days are drawn: which may be studied, with what they are drawn from, and what is refused. */
import type { FastifyRequest } from 'fastify'
import type { Issue, Locale } from '../../solver/index.ts'
import { type NationalStudy, type PickupStudy, partOf } from '../../study/index.ts'
import { LEAST_FIRMS, type Study, type StudyComplex } from '../api.ts'
import { COMPLEX_IDS, type ComplexData } from '../complexes.ts'
import { notFound, Refusal, unprocessable } from '../errors.ts'
import { refuseTooLarge, runsOf } from '../jobs/studies.ts'
import type { NewStudy } from '../store/store.ts'
import { ASSUMED_IDS, loadStudied } from '../studies/assumedComplex.ts'
import { demandOf, hasDemand, withDemand } from '../studies/pickup.ts'

/** Those that who asks may study. */
export async function studiedComplexes(request: FastifyRequest): Promise<StudyComplex[]> {
  const stored = (await request.store.complexes.list()).map(({ data }) => data)
  const own = new Set(stored.map(({ complex }) => complex.id))
  const ours = await Promise.all([...COMPLEX_IDS, ...ASSUMED_IDS].filter((id) => !own.has(id)).map(loadStudied))
  return [...stored, ...ours.filter((data) => data !== undefined)].map((data) => {
    const { id, name, lng, lat, synthetic } = data.complex
    const firms = { firms: data.firms.length, demand: hasDemand(data) }
    const told = !own.has(id) || manages(request, id)
    const members = data.firms.map((firm) => ({ id: firm.id, name: firm.name }))
    return { id, name, lng, lat, synthetic, ...firms, ...(told && { members }) }
  })
}

/** Of the complexes that who asks may see, else of those that come with the program. */
export async function dataOf(request: FastifyRequest, study: PickupStudy) {
  refuseTooLarge(study)
  const { data: own, stored } = await complexOf(request, study.complex)
  if (stored && !manages(request, study.complex)) refuseFewFirms(study, own.firms.length)
  return { data: withDemand(own, study), complex: stored ? study.complex : null }
}

/** The complex into whose days fetching is planned: never for so few firms that what it costs tells of one. */
export async function routedThrough(request: FastifyRequest, study: Study) {
  if (study.kind !== 'supply' || !study.routes) return undefined
  const { complex } = study.routes
  const { data, stored } = await complexOf(request, complex)
  demandOf(data)
  const own = new Set(data.firms.map(({ id }) => id))
  const fetching = study.register.items
    .filter(({ alternatives = [] }) => alternatives.length > 0)
    .map(({ uses }) => new Set(uses.flatMap(({ firm, perDay }) => (perDay > 0 && own.has(firm) ? firm : []))).size)
  if (stored && !manages(request, complex)) refuseFewFirms({ settings: [] }, Math.min(data.firms.length, ...fetching))
  return data
}

async function complexOf(request: FastifyRequest, id: string) {
  const stored = (await request.store.complexes.get(id))?.data
  const data = stored ?? (await loadStudied(id))
  if (!data) throw notFound('complex', id)
  return { data, stored: stored !== undefined }
}

export async function complexesOf(request: FastifyRequest, document: Study): Promise<ComplexData[]> {
  if (document.kind === 'pickup') {
    const { data } = await dataOf(request, document)
    demandOf(data)
    return [data]
  }
  if (document.kind !== 'national') return []
  return (await partsOf(request, document, 'ko')).map(({ data }) => data)
}

/** A study for each complex. One without demand is among them: it fails, and says why. */
export async function partsOf(request: FastifyRequest, study: NationalStudy, locale: Locale) {
  refuseTooLarge(study)
  const parts: (NewStudy & { readonly data: ComplexData })[] = []
  const issues: Issue[] = []
  for (const [at, id] of study.complexes.entries()) {
    try {
      const { data, complex } = await dataOf(request, partOf(study, id))
      const { name } = data.complex
      const of = { ko: `${study.name.ko} · ${name.ko}`, en: `${study.name.en} · ${name.en}` }
      const document = partOf(study, id, of)
      parts.push({ document, data, complex, runs: runsOf(document), locale })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      issues.push(refusedPart(at, error, locale))
    }
  }
  if (issues.length > 0) throw unprocessable(issues)
  return parts
}
const refusedPart = (at: number, { code, words }: Refusal, locale: Locale): Issue => ({
  code,
  severity: 'error',
  path: `document/complexes/${at}`,
  message: words[locale],
  remedy: locale === 'ko' ? '고치거나 목록에서 빼세요.' : 'Correct it, or leave it out of the list.',
})
export const manages = ({ principal, members }: FastifyRequest, complex: string): boolean =>
  principal.kind !== 'person' ||
  members.some(({ role, complex: own }) => role === 'administrator' || (role === 'coordinator' && own === complex))

/** What one firm adds, or two, would be told by the difference. */
function refuseFewFirms({ settings }: Pick<PickupStudy, 'settings'>, firms: number): void {
  const tells = settings.some(({ changes }) =>
    changes.some(
      (change) =>
        change.kind === 'firm' ||
        // tells what each firm orders
        change.kind === 'collectChosen' ||
        (change.kind === 'participants' && change.count < LEAST_FIRMS),
    ),
  )
  if (!tells && firms >= LEAST_FIRMS) return
  throw new Refusal(403, 'study.tooFewFirms', {
    ko: `다른 단지의 연구에서는 한 기업을 빼거나 ${LEAST_FIRMS}곳보다 적은 기업만 참여하게 하거나 기업마다 집하 주기를 고를 수 없습니다. 그 설정을 지우세요.`,
    en: `In a study of a complex that is not one's own no single firm may be left out, no fewer than ${LEAST_FIRMS} may take part, and patterns are not chosen firm by firm. Leave such settings out.`,
  })
}
