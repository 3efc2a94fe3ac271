/** Telephone numbers as people in Korea write them: domestic, with +82, without the zero that a spreadsheet has eaten. */

const AREA = '2|3[1-3]|4[1-4]|5[1-5]|6[1-4]'
/** Without the zero in front: mobile, internet and forwarded, free of charge, area. */
const FORMS: readonly RegExp[] = [
  /^(10)(\d{4})(\d{4})$/,
  /^(1[16-9])(\d{3,4})(\d{4})$/,
  /^(70)(\d{4})(\d{4})$/,
  /^(50\d)(\d{4})(\d{4})$/,
  /^(80)(\d{3})(\d{4})$/,
  new RegExp(`^(${AREA})(\\d{3,4})(\\d{4})$`),
]

/** 010-1234-5678, several joined by " / "; undefined: none, or more than numbers. Numbers of other countries stay as they are. */
export function readPhone(text: string): string | undefined {
  const parts = text
    .normalize('NFKC')
    .split(/[/,;]|\s+또는\s+/)
    .map((part) => readOne(part.trim()))
  return parts.every((part) => part !== undefined) ? parts.join(' / ') : undefined
}

function readOne(text: string): string | undefined {
  if (!/^\+?[\d\s().·‐-–−-]+$/.test(text)) return undefined
  const digits = text.replace(/\D/g, '')
  if (text.startsWith('+') && !digits.startsWith('82'))
    return digits.length >= 7 && digits.length <= 15 ? text : undefined
  const national = text.startsWith('+') ? digits.slice(2).replace(/^0/, '') : digits.replace(/^0/, '')
  // 1588-0000 has no area and no zero
  if (/^1[568]\d{6}$/.test(digits)) return `${digits.slice(0, 4)}-${digits.slice(4)}`
  const found = FORMS.map((form) => form.exec(national)).find((match) => match !== null)
  return found ? `0${found.slice(1).join('-')}` : undefined
}

/** A link that dials: the first number; undefined: it is none that a telephone could dial. */
export function dialLink(phone: string): string | undefined {
  const [first = ''] = phone.split(/[/,;]/)
  const digits = first.replace(/[^\d+]/g, '')
  return /^\+?\d{7,15}$/.test(digits) && /^[\d\s+().-]+$/.test(first.trim()) ? `tel:${digits}` : undefined
}
