/** A code for the camera of a phone, as a drawing. */
import { toString as draw } from 'qrcode'

/** Medium correction: paper in a cab gets stains. The white around it is left to the page. */
export const drawCode = async (text: string): Promise<string> =>
  await draw(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 0 })
