/** The language of the page: its dictionary and its way of writing numbers. */
import { useLocalStorage } from '@mantine/hooks'
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react'
import { type Formats, type Language, makeFormats } from '../format.ts'
import { en } from './en.ts'
import { type Dictionary, ko } from './ko.ts'

interface Words {
  readonly t: Dictionary
  readonly f: Formats
  readonly language: Language
  readonly setLanguage: (language: Language) => void
}

/** Wherever a line ends, a figure and its per cent sign stay together. */
function unbroken<T>(words: T): T {
  if (typeof words === 'string') return words.replaceAll(/(\d) %/g, '$1\u202f%') as T
  if (typeof words === 'function') return ((...given: unknown[]) => unbroken(words(...given))) as T
  if (Array.isArray(words)) return words.map(unbroken) as T
  if (words === null || typeof words !== 'object') return words
  return Object.fromEntries(Object.entries(words).map(([name, word]) => [name, unbroken(word)])) as T
}

const DICTIONARIES: Readonly<Record<Language, Dictionary>> = { ko: unbroken(ko), en: unbroken(en) }
const WordsContext = createContext<Words | undefined>(undefined)

export function WordsProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useLocalStorage<Language>({
    key: 'milkrun.language',
    defaultValue: 'ko',
    getInitialValueInEffect: false,
    deserialize: (text) => (text?.includes('en') ? 'en' : 'ko'),
  })
  const words = useMemo(
    () => ({ t: DICTIONARIES[language], f: makeFormats(language), language, setLanguage }),
    [language, setLanguage],
  )
  useEffect(() => {
    document.documentElement.lang = language
    document.title = words.t.title
  }, [language, words])
  return <WordsContext value={words}>{children}</WordsContext>
}

export function useWords(): Words {
  const words = useContext(WordsContext)
  if (!words) throw new Error('useWords outside of WordsProvider')
  return words
}
