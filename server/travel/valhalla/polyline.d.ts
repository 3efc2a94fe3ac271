/** The package carries no types. */
declare module '@mapbox/polyline' {
  const polyline: {
    /** `[lat, lng]` of each point */
    decode(line: string, precision?: number): [number, number][]
  }
  export = polyline
}
