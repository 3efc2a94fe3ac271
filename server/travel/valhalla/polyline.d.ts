/** The package carries no types. */
declare module '@mapbox/polyline' {
  const polyline: {
    /** `[lat, lng]` of each point */
    decode(line: string, precision?: number): [number, number][]
    encode(points: readonly (readonly [number, number])[], precision?: number): string
  }
  export = polyline
}
