import { describe, expect, it } from 'vitest'
import { localeOf } from '../../server/errors.ts'

describe('localeOf', () => {
  it.each([
    [undefined, 'ko'],
    ['', 'ko'],
    ['*', 'ko'],
    ['fr-FR,de;q=0.9', 'ko'],
    ['en-US,en;q=0.9', 'en'],
    ['ko-KR,ko;q=0.9,en-US;q=0.8', 'ko'],
    ['en;q=0.5, ko;q=0.8', 'ko'],
    ['fr, EN;q=0.3', 'en'],
    ['en;q=0', 'ko'],
    [';;q=;,,', 'ko'],
  ])('answers %s in %s', (header, locale) => {
    expect(localeOf(header)).toBe(locale)
  })
})
