/** What the sheets of a plan have in common: named columns in both languages, and those of fuel and CO2. */
import type { Burn, Locale, Travel } from '../../solver/index.ts'
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

/**
 * The name of a column whose figures hang on the roads, or on their tolls alone: "거리(km)" is "거리(km, 추정)" where they are
 * estimates, for a sheet is read and copied without the page that says so.
 */
export function byRoads([ko, en]: Column, { estimated, estimatedTolls }: Travel, of?: 'tolls'): Column {
  if (!estimated && !(of === 'tolls' && estimatedTolls)) return [ko, en]
  const marked = (name: string, mark: string) =>
    name.endsWith(')') ? `${name.slice(0, -1)}, ${mark})` : `${name} (${mark})`
  return [marked(ko, '추정'), marked(en, 'estimate')]
}

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
