/** The few pictures on the map, drawn when a layer first asks for one: `chevron #fff`, `square #667 #fff`, `hub #123 #fff`. */

const SCALE = 3

export interface MapImage {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray
  readonly pixelRatio: number
}

export function drawImage(name: string): MapImage | undefined {
  const [shape, ink = '#000', paper = '#fff'] = name.split(' ')
  const size = shape === 'hub' ? 26 : 14
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size * SCALE
  // read back at once: where a graphics card draws, or pretends to, that would wait for it
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return undefined
  context.scale(SCALE, SCALE)
  context.lineJoin = 'round'
  context.lineCap = 'round'
  const box = (inset: number, radius: number) => {
    context.beginPath()
    context.roundRect(inset, inset, size - 2 * inset, size - 2 * inset, radius)
  }
  switch (shape) {
    case 'chevron':
      context.strokeStyle = ink
      context.lineWidth = 1.7
      context.beginPath()
      context.moveTo(5.6, 4.9)
      context.lineTo(8, 7)
      context.lineTo(5.6, 9.1)
      context.stroke()
      break
    case 'square':
    case 'square-open':
      box(2.2, 2)
      context.fillStyle = paper
      context.fill()
      box(3.4, 1.4)
      if (shape === 'square') {
        context.fillStyle = ink
        context.fill()
      } else {
        context.strokeStyle = ink
        context.lineWidth = 1.9
        context.stroke()
      }
      break
    case 'hub':
      box(2, 5)
      context.fillStyle = paper
      context.fill()
      box(3.4, 4)
      context.fillStyle = ink
      context.fill()
      context.strokeStyle = paper
      context.lineWidth = 1.6
      context.beginPath()
      context.moveTo(8, 18)
      context.lineTo(8, 12)
      context.lineTo(13, 8.5)
      context.lineTo(18, 12)
      context.lineTo(18, 18)
      context.moveTo(11, 18)
      context.lineTo(11, 14)
      context.lineTo(15, 14)
      context.lineTo(15, 18)
      context.stroke()
      break
    default:
      return undefined
  }
  const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height)
  return { data, width, height, pixelRatio: SCALE }
}
