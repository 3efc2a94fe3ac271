/** What all maps of the page have in common: when they are ready, what they are called, their images, their paper, and browsers that cannot draw. */
import { useComputedColorScheme } from '@mantine/core'
import { useReducedMotion } from '@mantine/hooks'
import { type ComponentProps, useEffect, useMemo, useRef, useState } from 'react'
import { useWords } from '../i18n/words.tsx'
import { useRoads } from '../service/queries.ts'
import { type Features, NO_FEATURES } from '../state/geometry.ts'
import { placeNames } from '../state/placeNames.ts'
import { drawImage } from './images.ts'
import { FLAT_MAP } from './limits.ts'
import { type MapCanvas, type MapRef, type StyleSpecification, useMap } from './map.ts'
import { provinceLabels } from './provinces.ts'
import { makeStyle, NO_DATA } from './style.ts'
import { useStreets } from './useStreets.ts'

/** `canvas`: to be spread over a MapCanvas. Where it is not `able`, words take its place. */
export function usePlainMap(label: string) {
  const still = useReducedMotion()
  const map = useRef<MapRef>(null)
  const [ready, setReady] = useState(false)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    if (ready) map.current?.getCanvas().setAttribute('aria-label', label)
  }, [ready, label])
  const canvas = {
    ...FLAT_MAP,
    ref: map,
    fadeDuration: still ? 0 : 150,
    onError: ({ error }: { readonly error: Error }) => {
      if (/webgl/i.test(error.message)) setFailed(true)
      else console.warn(error.message)
    },
    onLoad: () => setReady(true),
  } satisfies Partial<ComponentProps<typeof MapCanvas>>
  return { map, ready, still, able: hasWebGl() && !failed, canvas }
}

/** Before the style asks for its first picture: children are mounted as soon as the map exists. */
export function Images() {
  const { current } = useMap()
  useEffect(() => {
    const map = current?.getMap()
    map?.setMissingStyleImageResolver((id) => {
      const image = map.hasImage(id) ? undefined : drawImage(id)
      if (image) map.addImage(id, image, { pixelRatio: image.pixelRatio })
    })
  }, [current])
  return null
}

/** The country with its roads and towns, and lines on it. */
export function usePaper(lines: Features = NO_FEATURES): StyleSpecification {
  const { language } = useWords()
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const roads = useRoads()
  const streets = useStreets()
  return useMemo(
    () =>
      makeStyle(
        { scheme, crowded: false, streets },
        {
          ...NO_DATA,
          provinceNames: provinceLabels(language),
          roads: roads.data ?? NO_FEATURES,
          towns: placeNames(roads.data, undefined, language),
          lines,
        },
      ),
    [scheme, language, roads.data, streets, lines],
  )
}

let webGl: boolean | undefined
function hasWebGl(): boolean {
  webGl ??= document.createElement('canvas').getContext('webgl2') !== null
  return webGl
}
