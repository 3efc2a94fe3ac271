/** Probabilities that tests of a fit need. */

/** Abramowitz & Stegun 26.2.17: within 1e−7. */
export function normalBelow(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x))
  const tail =
    normalDensity(x) * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return x < 0 ? tail : 1 - tail
}
export const normalDensity = (x: number): number => Math.exp(-(x ** 2) / 2) / Math.sqrt(2 * Math.PI)

/** Stirling's series, Abramowitz & Stegun 6.1.41, from 7 on; below by Γ(x + 1) = x Γ(x). */
export function logGamma(x: number): number {
  if (x < 7) return logGamma(x + 1) - Math.log(x)
  const y = 1 / x ** 2
  return (
    (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y / 1680))) / x
  )
}

/** How likely a χ² of so many degrees is at least this large: the series or the continued fraction of A&S 6.5.29 and 6.5.31. */
export function chiSquareAbove(value: number, degrees: number): number {
  const [a, x] = [degrees / 2, value / 2]
  if (!(x > 0)) return 1
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = 1; term > sum * 1e-14; n++) sum += term *= x / (a + n)
    return Math.max(0, 1 - front * sum)
  }
  // Lentz's way from the top down
  let b = x + 1 - a
  let c = 1e300
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < 10_000; n++) {
    const step = -n * (n - a)
    b += 2
    d = 1 / (step * d + b)
    c = b + step / c
    fraction *= c * d
    if (Math.abs(c * d - 1) < 1e-14) break
  }
  return front * fraction
}

/** How likely a sample of a continuous distribution strays so far from it: Kolmogorov's limit with Stephens' (1970) correction. */
export function kolmogorovAbove(distance: number, count: number): number {
  const root = Math.sqrt(count)
  const lambda = (root + 0.12 + 0.11 / root) * distance
  if (lambda < 0.2) return 1
  let sum = 0
  for (let k = 1; k <= 100; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k ** 2 * lambda ** 2)
  return Math.min(1, Math.max(0, sum))
}

/** 95 % interval of a Poisson mean from one count: Byar's approximation, Breslow & Day (1987), Statistical Methods in Cancer Research II, 2.4. */
export function poissonInterval(count: number): readonly [number, number] {
  const z = 1.959964
  const low = count === 0 ? 0 : count * Math.max(0, 1 - 1 / (9 * count) - z / (3 * Math.sqrt(count))) ** 3
  const next = count + 1
  return [low, next * (1 - 1 / (9 * next) + z / (3 * Math.sqrt(next))) ** 3]
}
