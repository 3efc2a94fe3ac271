import { useLocalStorage } from '@mantine/hooks'

export const SECONDS = ['2', '10', '60'] as const
type Seconds = (typeof SECONDS)[number]

/** How long to search, chosen once for every button that starts a search. */
export const useSeconds = () =>
  useLocalStorage<Seconds>({
    key: 'milkrun.seconds',
    defaultValue: '10',
    getInitialValueInEffect: false,
    deserialize: (text) => SECONDS.find((known) => text?.includes(known)) ?? '10',
  })
