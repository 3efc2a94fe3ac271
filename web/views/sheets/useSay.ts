import type { Answer, Sheet } from '../../../server/api.ts'
import { useAnswer } from '../../service/dispatch.ts'

type Said = { readonly [name in keyof Omit<Answer, 'version'>]?: Answer[name] | undefined }

/** What the carrier says of a round, beside what it has said already; undefined takes it back. */
export function useSay({ plan, route, dispatch }: Sheet) {
  const answer = useAnswer(plan, route)
  const mutate = (said: Said & Pick<Answer, 'state'>, { onSuccess }: { readonly onSuccess?: () => void } = {}) => {
    const { plate, driver, phone, proposal, version } = dispatch
    const all = { plate, driver, phone, proposal, ...said, version }
    const body = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== ''))
    answer.mutate(body as Answer, { onSuccess: () => onSuccess?.() })
  }
  return { mutate, isPending: answer.isPending, error: answer.error }
}
