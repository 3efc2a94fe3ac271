/** An answer of Valhalla held against the shape that its documentation promises. */
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { sourceError } from '../provider.ts'
import type { ValhallaAction } from './actor.ts'

/** `fits`: what a shape cannot say, such as as many rows as were asked for. */
export function readAnswer<T extends TSchema>(
  schema: T,
  answer: unknown,
  name: string,
  action: ValhallaAction,
  fits: (value: Static<T>) => boolean = () => true,
): Static<T> {
  if (Value.Check(schema, answer) && fits(answer)) return answer
  const [fault] = Value.Errors(schema, answer)
  const where = fault ? `${fault.instancePath || '/'}: ${fault.message}` : 'another size than was asked for'
  throw sourceError(name, {
    ko: `${action} 에 대한 답이 Valhalla 의 것이 아닙니다 (${where}). 주소와 판을 확인하세요.`,
    en: `its answer to ${action} has not the shape of Valhalla's (${where})`,
  })
}
