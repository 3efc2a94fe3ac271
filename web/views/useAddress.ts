import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { type Address, formatAddress, parseAddress } from '../state/address.ts'

function useHash(): string {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener('hashchange', changed)
      return () => window.removeEventListener('hashchange', changed)
    },
    () => window.location.hash,
  )
}

export function useAddress(): [Address, (address: Address) => void, string] {
  const hash = useHash()
  const go = useCallback((address: Address) => {
    window.location.hash = formatAddress(address)
  }, [])
  return [useMemo(() => parseAddress(hash), [hash]), go, hash]
}
