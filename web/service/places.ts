/** Addresses that the complex does not know: read, placed and forgotten. */
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { service } from './client.ts'
import { queryClient } from './queries.ts'

export const usePlaces = (complex: string, state: 'open' | 'placed') =>
  useInfiniteQuery({
    queryKey: ['places', complex, state],
    queryFn: ({ signal, pageParam }) => service.places(complex, state, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    // imports of others add to it
    staleTime: 0,
  })

/** Asked of the geocoders when somebody looks at the address. */
export const useCandidates = (place: string | undefined) =>
  useQuery({
    queryKey: ['candidates', place],
    queryFn: ({ signal }) => service.candidates(place!, signal),
    enabled: place !== undefined,
  })

/** Does something about addresses, then reads the lists again. */
export const usePlacing = <In, Out>(change: (given: In) => Promise<Out>) =>
  useMutation({
    mutationFn: change,
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: ['places'] })
      // orders may have joined a day
      await queryClient.invalidateQueries({ queryKey: ['complexes'] })
    },
  })
