/** Photos are drawn anew and smaller on the phone: 30 MB of a camera become some 300 KB, and what it wrote of place and time stays here. */

const LONGEST_PX = 1600
const QUALITIES = [0.82, 0.7, 0.55, 0.4]
const MOST_BYTES = 1.2 * 2 ** 20

/** Undefined: the phone cannot read this picture. */
export async function shrinkPhoto(file: Blob): Promise<Blob | undefined> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => undefined)
  if (!bitmap) return undefined
  const scale = Math.min(1, LONGEST_PX / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const context = canvas.getContext('2d')
  if (!context) return undefined
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  let smallest: Blob | undefined
  for (const quality of QUALITIES) {
    smallest = await blobOf(canvas, 'image/jpeg', quality)
    if (!smallest || smallest.size <= MOST_BYTES) break
  }
  return smallest
}

export const blobOf = async (canvas: HTMLCanvasElement, type: string, quality?: number): Promise<Blob | undefined> =>
  await new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), type, quality))
