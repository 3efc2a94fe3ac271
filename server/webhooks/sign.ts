/** The scheme that receivers know from payment services: an HMAC over the time and the body, so that neither can be changed or replayed. */
import { createHmac } from 'node:crypto'

/** Value of the header Milkrun-Signature: `t=` seconds since 1970, `v1=` HMAC-SHA256 in hex over `<t>.<body>`. */
export const signatureOf = (body: string, secret: string, atS: number): string =>
  `t=${atS},v1=${createHmac('sha256', secret).update(`${atS}.${body}`).digest('hex')}`
