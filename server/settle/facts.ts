/** What the state takes beside the sums, with where it comes from. */
import type { Month } from '../api.ts'

export const VAT: Month['vat'] = {
  percent: 10,
  source: 'Value-Added Tax Act, art. 30: 10 percent of the supply value. The text of the article was not read for this',
  sourceKo: '부가가치세법 제30조(세율): 공급가액의 10퍼센트. 조문을 직접 읽어 확인하지는 않음',
  asOf: '2026-11-22',
  certainty: 'G',
}
