/** What every map of the page has in common: how far it goes, and that it is read like a sheet of paper. */
import type { ComponentProps } from 'react'
import type { Box } from '../state/places.ts'
import type { MapCanvas } from './map.ts'

/** The country, where nothing says more. */
export const KOREA: Box = [126, 34.3, 129.5, 37.9]
/** So far from the complex a place is in its neighbourhood. */
export const LOCAL_M = 22_000
/** What was picked is shown no closer. */
export const CLOSE_ZOOM = 13.5

export const FLAT_MAP = {
  minZoom: 4.6,
  maxZoom: 16,
  maxBounds: [115, 28, 140, 45],
  dragRotate: false,
  touchPitch: false,
  pitchWithRotate: false,
  // said by MapCredit
  attributionControl: false,
} satisfies Partial<ComponentProps<typeof MapCanvas>>
