import { type Static, Type } from 'typebox'

/** Tiles with streets, water and buildings under the map of the routes, where an operator has given some. */
export const StreetsSchema = Type.Object(
  {
    tiles: Type.Optional(
      Type.String({ description: 'address of a PMTiles archive of vector tiles; absent: the map has none' }),
    ),
  },
  { additionalProperties: false },
)

export type Streets = Static<typeof StreetsSchema>
