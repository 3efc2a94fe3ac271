/** Months: read, looked at again while days are being worked out, corrected and closed. */
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import type { NewCorrection } from '../../server/api.ts'
import { service } from './client.ts'
import { queryClient } from './queries.ts'

const LOOK_AGAIN_MS = 3000

export const useMonth = (complex: string, month: string) =>
  useQuery({
    queryKey: ['month', complex, month],
    queryFn: ({ signal }) => service.month(complex, month, signal),
    refetchInterval: ({ state }) => (state.data?.missing.some(({ why }) => why === 'working') ? LOOK_AGAIN_MS : false),
    placeholderData: keepPreviousData,
    // actual times come in while the page is open
    staleTime: 0,
  })

const readAgain = async () => await queryClient.invalidateQueries({ queryKey: ['month'] })

export const useCorrect = (complex: string, month: string) =>
  useMutation({
    mutationFn: async (correction: NewCorrection) => await service.correct(complex, month, correction),
    onSettled: readAgain,
  })

export const useCloseMonth = (complex: string, month: string) =>
  useMutation({
    mutationFn: async (leftOut: readonly { readonly date: string; readonly reason: string }[]) =>
      await service.closeMonth(complex, month, leftOut),
    onSettled: readAgain,
  })

export const useCarrierStatement = (whose: string, month: string) =>
  useQuery({
    queryKey: ['carrier-statement', whose, month],
    queryFn: ({ signal }) => service.carrierStatement(whose, month, signal),
    refetchInterval: ({ state }) => (state.data?.working ? LOOK_AGAIN_MS : false),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
