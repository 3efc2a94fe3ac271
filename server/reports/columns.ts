/** What the sheets of a plan have in common: named columns in both languages, and those of fuel and CO2. */
import type { Burn, Locale } from '../../solver/index.ts'
import type { Sheet, SheetRow } from '../sheets/value.ts'

export type Column = readonly [ko: string, en: string]
export const sheetOf = (
  locale: Locale,
  [ko, en]: Column,
  columns: readonly Column[],
  rows: readonly SheetRow[],
): Sheet => ({
  name: locale === 'ko' ? ko : en,
  rows: [columns.map((column) => column[locale === 'ko' ? 0 : 1]), ...rows],
})

/** Units and basis stand in the names: the two figures of CO2 are never one. */
export const BURN_COLUMNS: readonly Column[] = [
  ['연료(L)', 'Fuel (L)'],
  ['CO₂ 연소(kg, TTW)', 'CO₂ of burning (kg, TTW)'],
  ['CO₂e 생산+연소(kg, WTW, ISO 14083)', 'CO₂e of making and burning (kg, WTW, ISO 14083)'],
]
/** Of terminal freight the litres are somebody else's and not known. */
export const burnCells = (
  { fuelMl, ttwCo2G, wtwCo2eG }: Pick<Burn, 'fuelMl' | 'ttwCo2G' | 'wtwCo2eG'>,
  litres = true,
): SheetRow => [litres ? fuelMl / 1000 : null, ttwCo2G / 1000, wtwCo2eG / 1000]
