/** A role as it is asked for, held against what it needs: a complex, a firm or a carrier of it. Every fault at once. */
import type { Issue, Locale } from '../../solver/index.ts'
import { COMPLEX_ROLES } from '../access.ts'
import type { RoleGiven } from '../api.ts'
import { notFound, Refusal, type Words } from '../errors.ts'
import type { NewMember } from '../store/accounts.ts'
import type { Nouns } from '../store/store.ts'

/** A complex beyond the scope of the store is not there. */
export async function readMember(store: Nouns, given: RoleGiven, locale: Locale): Promise<NewMember> {
  const { role, complex = null, firm = null, carrier = null } = given
  const faults: [string, string, Words][] = []
  const ofComplex = COMPLEX_ROLES.includes(role)
  if (ofComplex && complex === null) faults.push(['member.complex', 'complex', NO_COMPLEX])
  if (!ofComplex && complex !== null) faults.push(['member.everywhere', 'complex', EVERYWHERE])
  if (role === 'firm' && firm === null) faults.push(['member.firm', 'firm', NO_FIRM])
  if (role !== 'firm' && firm !== null) faults.push(['member.notFirm', 'firm', NOT_FIRM])
  if (role === 'carrier' && carrier === null) faults.push(['member.carrier', 'carrier', NO_CARRIER])
  if (role !== 'carrier' && carrier !== null) faults.push(['member.notCarrier', 'carrier', NOT_CARRIER])
  if (complex !== null) {
    const record = await store.complexes.get(complex)
    if (!record) throw notFound('complex', complex)
    if (role === 'firm' && firm !== null && !(await knowsFirm(store, complex, firm, record.data.firms)))
      faults.push(['member.firmUnknown', 'firm', FIRM_UNKNOWN])
    const { carriers = [] } = record.data
    if (role === 'carrier' && carrier !== null && !carriers.some(({ id }) => id === carrier))
      faults.push(['member.carrierUnknown', 'carrier', CARRIER_UNKNOWN])
  }
  if (faults.length === 0) return { role, complex, firm, carrier }
  const issues = faults.map(
    ([code, path, words]): Issue => ({ code, severity: 'error', path, message: words[locale], remedy: REMEDY[locale] }),
  )
  throw new Refusal(422, 'member.faults', ROLE_FAULTS, issues)
}

/** Of the data of the complex, or one that an order brought. */
async function knowsFirm(
  store: Nouns,
  complex: string,
  firm: string,
  firms: readonly { id: string }[],
): Promise<boolean> {
  if (firms.some(({ id }) => id === firm)) return true
  return (await store.views.shipmentsOf(complex, firm, { limit: 1 })).items.length > 0
}

const ROLE_FAULTS: Words = { ko: '이 역할은 이대로 줄 수 없습니다.', en: 'The role cannot be given like this.' }
const REMEDY: Words = {
  ko: '담당자는 단지, 기업 회원은 단지와 기업, 운송사는 단지와 그 단지의 운송사가 필요하고, 정책 담당자와 관리자는 아무것도 필요 없습니다.',
  en: 'A coordinator needs a complex, a firm member a complex and a firm, a carrier a complex and a carrier of it; a policymaker and an administrator need nothing.',
}
const NO_COMPLEX: Words = { ko: '단지를 정하지 않았습니다.', en: 'names no complex' }
const EVERYWHERE: Words = { ko: '이 역할은 어느 한 단지의 것이 아닙니다.', en: 'is not a role of one complex' }
const NO_FIRM: Words = { ko: '기업을 정하지 않았습니다.', en: 'names no firm' }
const NOT_FIRM: Words = { ko: '기업 회원만 기업이 있습니다.', en: 'only a firm member has a firm' }
const NO_CARRIER: Words = { ko: '어느 운송사인지 정하지 않았습니다.', en: 'names no carrier' }
const NOT_CARRIER: Words = { ko: '운송사 회원만 운송사가 있습니다.', en: 'only a member of a carrier has one' }
const CARRIER_UNKNOWN: Words = { ko: '이 단지에 없는 운송사입니다.', en: 'is no carrier of this complex' }
const FIRM_UNKNOWN: Words = { ko: '이 단지에 없는 기업입니다.', en: 'is no firm of this complex' }
