/** Who one is, and what people with accounts read and change. */
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { service } from './client.ts'
import { queryClient } from './queries.ts'

/** Sums that are still being worked out are looked at again. */
const LOOK_AGAIN_MS = 5000
const LOOK_AT_SHEETS_EVERY_MS = 30_000

export const useMe = () => useQuery({ queryKey: ['me'], queryFn: ({ signal }) => service.me(signal) })

/** Nothing of one person is left for the next one. */
export async function forgetEverything(): Promise<void> {
  window.location.hash = ''
  queryClient.clear()
  await queryClient.invalidateQueries({ queryKey: ['me'] })
  window.location.reload()
}

export const useAccounts = () =>
  useQuery({ queryKey: ['accounts'], queryFn: ({ signal }) => service.accounts(signal), staleTime: 0 })

export const useKeyList = () =>
  useQuery({ queryKey: ['keys'], queryFn: ({ signal }) => service.keys(signal), staleTime: 0 })

/** Does something about people, then reads the lists again. */
export const useChange = <In, Out>(change: (given: In) => Promise<Out>) =>
  useMutation({
    mutationFn: change,
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: ['accounts'] })
      await queryClient.invalidateQueries({ queryKey: ['keys'] })
      await queryClient.invalidateQueries({ queryKey: ['me'] })
    },
  })

export const useStatement = (whose: string, month: string) =>
  useQuery({
    queryKey: ['statement', whose, month],
    queryFn: ({ signal }) => service.statement(whose, month, signal),
    refetchInterval: ({ state }) => (state.data?.working || state.data?.settled?.working ? LOOK_AGAIN_MS : false),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })

export const useMyShipments = (whose: string) =>
  useInfiniteQuery({
    queryKey: ['my-shipments', whose],
    queryFn: ({ signal, pageParam }) => service.myShipments(whose, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    staleTime: 0,
  })

export const useSheets = (whose: string) =>
  useQuery({
    queryKey: ['sheets', whose],
    queryFn: ({ signal }) => service.sheets(whose, signal),
    staleTime: 0,
    // nothing tells a carrier of what is offered to it meanwhile
    refetchInterval: LOOK_AT_SHEETS_EVERY_MS,
    refetchOnWindowFocus: true,
  })

export const useAggregates = (month: string) =>
  useQuery({
    queryKey: ['aggregates', month],
    queryFn: ({ signal }) => service.aggregates(month, signal),
    refetchInterval: ({ state }) => (state.data?.some(({ working }) => working > 0) ? LOOK_AGAIN_MS : false),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
