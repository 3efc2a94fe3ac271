/** The language of the phone page; the same choice as on the coordinator's. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { type Formats, type Language, makeFormats } from '../format.ts'
import { type DriveWords, driveEn, driveKo } from '../i18n/drive.ts'

interface Words {
  readonly t: DriveWords
  readonly f: Formats
  readonly language: Language
  readonly switchLanguage: () => void
}
const KEY = 'milkrun.language'
const WordsContext = createContext<Words | undefined>(undefined)

export function WordsProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => (localStorage.getItem(KEY)?.includes('en') ? 'en' : 'ko'))
  // before anything is asked of the service, which answers in it
  document.documentElement.lang = language
  const t = language === 'ko' ? driveKo : driveEn
  useEffect(() => {
    document.title = t.title
  }, [t])
  const words = useMemo(
    () => ({
      t,
      f: makeFormats(language),
      language,
      switchLanguage: () => {
        const other = language === 'ko' ? 'en' : 'ko'
        localStorage.setItem(KEY, JSON.stringify(other))
        setLanguage(other)
      },
    }),
    [language, t],
  )
  return <WordsContext value={words}>{children}</WordsContext>
}

export function useDriveWords(): Words {
  const words = useContext(WordsContext)
  if (!words) throw new Error('useDriveWords outside of WordsProvider')
  return words
}
