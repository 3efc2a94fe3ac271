/** Texts that no database and no other program could take: with a NUL, or with half of a character (a lone UTF-16 surrogate). */
import { type Loose, type Say, shown } from './loose.ts'

const MAX_TOLD = 100

/** `told` hears the place of each such text. Walks without recursion: a document may be nested a million deep. */
export function findBadTexts(input: unknown, told: (path: string, found: string) => void): void {
  const open: { readonly path: string; readonly value: unknown }[] = [{ path: '', value: input }]
  let count = 0
  while (open.length > 0 && count < MAX_TOLD) {
    const { path, value } = open.pop()!
    if (typeof value === 'string') {
      if (isSound(value)) continue
      told(path, clean(value))
      count++
    } else if (Array.isArray(value)) {
      // tables of millions of numbers hold no texts
      for (let k = value.length - 1; k >= 0; k--)
        if (typeof value[k] !== 'number') open.push({ path: `${path}/${k}`, value: value[k] })
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, member] of Object.entries(value).reverse()) {
        if (!isSound(key)) told(path, clean(key))
        open.push({ path: `${path}/${clean(key)}`, value: member })
      }
    }
  }
}

const isSound = (text: string): boolean => text.isWellFormed() && !text.includes('\u0000')
const clean = (text: string): string => (isSound(text) ? text : text.toWellFormed().replaceAll('\u0000', '\ufffd'))

export function checkTexts(input: Loose, say: Say): void {
  findBadTexts(input, (path, found) => say('text.character', path.replace(/^\//, ''), { found: shown(found) }))
}
