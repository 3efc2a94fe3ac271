import { Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import type { Complex } from '../../server/api.ts'
import { useWords } from '../i18n/words.tsx'
import { useMe } from '../service/people.ts'
import { formatAddress, isPlanScreen, type Screen, screensOf } from '../state/address.ts'
import { DayPicker } from './DayPicker.tsx'
import { Icon, Logo } from './icons.tsx'
import { UserMenu } from './UserMenu.tsx'

interface HeaderProps {
  readonly complex?: Complex | undefined
  readonly screen: Screen
  readonly date?: string | undefined
  readonly onDate?: ((date: string) => void) | undefined
  readonly onKeys?: () => void
}

export function Header({ complex, screen, date, onDate, onKeys }: HeaderProps) {
  const { t, language } = useWords()
  const me = useMe().data
  // on a phone not all screens are in sight: the one that is open has to be, in words of any length
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    const show = () =>
      nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
    show()
    void document.fonts.ready.then(show)
  }, [screen, language, me])
  return (
    <header className="header">
      <span className="logo">
        <Logo />
        <span className="logo-word">{t.product}</span>
      </span>
      {complex && (
        <span className="row complex">
          <span className="rule" />
          <span className="cut complex-name">{complex.name[language]}</span>
          {complex.synthetic && (
            <Tooltip label={t.syntheticHint} events={{ hover: true, focus: true, touch: true }}>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the hint must be reachable without a mouse */}
              <span className="chip warn" tabIndex={0}>
                {t.synthetic}
              </span>
            </Tooltip>
          )}
        </span>
      )}
      <nav ref={nav} className="screens" aria-label={t.screens.label}>
        {screensOf(me).map((name) => (
          <a
            key={name}
            href={formatAddress({ screen: name, date })}
            aria-current={name === screen ? 'page' : undefined}
          >
            {isPlanScreen(name) ? t.screens[name] : t.people.screens[name]}
          </a>
        ))}
      </nav>
      <span className="push" />
      <span className="row" id="day-tools" />
      {complex && date && onDate && <DayPicker days={complex.days} date={date} onDate={onDate} />}
      {complex &&
        date &&
        screen !== 'places' &&
        screen !== 'week' &&
        screen !== 'settle' &&
        screen !== 'study' &&
        screen !== 'import' && (
          <button
            type="button"
            className="button ghost find"
            title={t.commands.open}
            aria-label={`${t.commands.open} ${t.commands.short}`}
            aria-keyshortcuts="Control+K"
            onClick={() => void import('@mantine/spotlight').then(({ spotlight }) => spotlight.open())}
          >
            <Icon name="search" />
            <kbd>{t.commands.short}</kbd>
          </button>
        )}
      <span className="rule" />
      <Settings onKeys={onKeys}>{me?.person && <UserMenu person={me.person} />}</Settings>
    </header>
  )
}

interface SettingsProps {
  readonly onKeys?: (() => void) | undefined
  readonly children?: ReactNode
}

export function Settings({ onKeys, children }: SettingsProps) {
  const { t, language, setLanguage } = useWords()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const other = language === 'ko' ? 'en' : 'ko'
  return (
    <div className="row settings">
      <button
        type="button"
        className="button ghost"
        lang={other}
        title={language === 'ko' ? t.settings.toEnglish : t.settings.toKorean}
        onClick={() => setLanguage(other)}
      >
        <Icon name="language" />
        {other === 'en' ? 'EN' : '한'}
        <span className="visually-hidden">{other === 'en' ? 'English' : '한국어'}</span>
      </button>
      <button
        type="button"
        className="button ghost icon"
        aria-label={scheme === 'dark' ? t.settings.light : t.settings.dark}
        title={scheme === 'dark' ? t.settings.light : t.settings.dark}
        onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
      >
        <Icon name={scheme === 'dark' ? 'sun' : 'moon'} />
      </button>
      {onKeys && (
        <button
          type="button"
          className="button ghost icon keys-button"
          aria-label={t.settings.keys}
          title={`${t.settings.keys} (?)`}
          onClick={onKeys}
        >
          <Icon name="keyboard" size={18} />
        </button>
      )}
      {children}
    </div>
  )
}
