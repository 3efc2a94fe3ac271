/** Mantine wears our tokens, so its menus and pop-ups cannot be told from our own parts. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import { cssVariables } from './state/tokens.ts'

const FONT = "'Pretendard Variable', Pretendard, 'Noto Sans KR', system-ui, sans-serif"
const navy = [...'0123456789'].map(() => '#17335F') as unknown as MantineColorsTuple

export const theme = createTheme({
  fontFamily: FONT,
  headings: { fontFamily: FONT },
  colors: { navy },
  primaryColor: 'navy',
  defaultRadius: 6,
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '16px', xl: '22px' },
  respectReducedMotion: true,
  cursorType: 'pointer',
})

/** Where Mantine's own variables take ours. */
const BRIDGE = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-2)',
  '--mantine-color-default': 'var(--raised)',
  '--mantine-color-default-border': 'var(--border)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-primary-color-filled': 'var(--brand)',
}

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...cssVariables('light'), ...BRIDGE },
  dark: { ...cssVariables('dark'), ...BRIDGE },
})
