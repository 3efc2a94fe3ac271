/**
 * Rates of firms of a size, each drawn towards their mean the more the less is known of it: Clayton & Kaldor (1987), Biometrics 43, with the
 * moments of Marshall (1991), Applied Statistics 40. Where firms of a size differ no more than chance has it, all get the mean.
 */
export function shrink(counts: readonly number[], exposure: number): number[] {
  const mean = counts.reduce((sum, count) => sum + count, 0) / (counts.length * exposure)
  if (counts.length < 2 || mean === 0) return counts.map((count) => count / exposure)
  const seen = counts.reduce((sum, count) => sum + (count / exposure - mean) ** 2, 0) / (counts.length - 1)
  const between = Math.max(0, seen - mean / exposure)
  const own = between / (between + mean / exposure)
  return counts.map((count) => mean + own * (count / exposure - mean))
}
