/** Korean particles, which depend on the last sound of the word before them: 금형A23을, 노선 1로, 노선 3으로. */

/** Digits and Latin letters as they are read aloud: whether they end in a consonant, and those that end in ㄹ. */
const CLOSED = '013678lmnrLMNR'
const RIEUL = '178lrLR'

type Ending = 'open' | 'closed' | 'rieul'

/** Units as they are read aloud: 킬로미터, 리터, 미터; 킬로그램. */
const UNITS: readonly (readonly [unit: RegExp, ending: Ending])[] = [
  [/\d (km|m|L|%)$/, 'open'],
  [/\d kg$/, 'closed'],
]

function endingOf(word: string): Ending {
  const unit = UNITS.find(([pattern]) => pattern.test(word))
  if (unit) return unit[1]
  const last = [...word].findLast((sign) => /[\p{L}\p{N}]/u.test(sign)) ?? ''
  const syllable = last.charCodeAt(0) - 0xac00
  if (syllable >= 0 && syllable < 11_172) {
    const final = syllable % 28
    return final === 0 ? 'open' : final === 8 ? 'rieul' : 'closed'
  }
  return RIEUL.includes(last) ? 'rieul' : last !== '' && CLOSED.includes(last) ? 'closed' : 'open'
}

const PARTICLES = {
  object: ['를', '을'],
  topic: ['는', '은'],
  subject: ['가', '이'],
  and: ['와', '과'],
} as const

/** The word with its particle. */
export const withParticle = (word: string, particle: keyof typeof PARTICLES): string =>
  word + PARTICLES[particle][endingOf(word) === 'open' ? 0 : 1]

/** The word with 로 or 으로, to say where something goes. */
export const toward = (word: string): string => word + (endingOf(word) === 'closed' ? '으로' : '로')
