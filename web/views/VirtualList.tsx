/** A list that makes its items when they come into sight, once there are so many that one would notice. Its items are `li`. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'

const ALL_UP_TO = 100
const OVERSCAN = 8

interface VirtualListProps<T> {
  readonly kind: 'ol' | 'ul'
  readonly className: string
  readonly items: readonly T[]
  readonly keyOf: (item: T) => string
  readonly estimatePx: number
  /** What is selected: comes into sight; −1: nothing. */
  readonly selected: number
  readonly render: (item: T) => ReactNode
  /** After the items. */
  readonly children?: ReactNode
}

export function VirtualList<T>(props: VirtualListProps<T>) {
  const { kind: Kind, className, items, render, children } = props
  if (items.length > ALL_UP_TO) return <Rolling {...props} />
  return (
    <Kind className={className}>
      {items.map(render)}
      {children}
    </Kind>
  )
}

function Rolling<T>({
  kind: Kind,
  className,
  items,
  keyOf,
  estimatePx,
  selected,
  render,
  children,
}: VirtualListProps<T>) {
  const list = useRef<HTMLOListElement & HTMLUListElement>(null)
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => list.current,
    estimateSize: () => estimatePx,
    getItemKey: (index) => keyOf(items[index]!),
    overscan: OVERSCAN,
  })
  const shown = virtual.getVirtualItems()
  const before = shown[0]?.start ?? 0
  const after = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0)
  const measured = useRef(new WeakSet<Element>())
  // the items are whatever `render` makes of them: what the list needs to know of them is written on them here
  useLayoutEffect(() => {
    const fresh: HTMLElement[] = []
    shown.forEach(({ index }, place) => {
      const item = list.current?.children[place] as HTMLElement | undefined
      if (!item) return
      if (!measured.current.has(item) || item.dataset.index !== String(index)) fresh.push(item)
      item.dataset.index = String(index)
      item.ariaSetSize = String(items.length)
      item.ariaPosInSet = String(index + 1)
    })
    // all written before any is measured: one layout; later changes of size are observed
    for (const item of fresh) {
      measured.current.add(item)
      virtual.measureElement(item)
    }
  })
  useEffect(() => {
    if (selected >= 0) virtual.scrollToIndex(selected, { align: 'auto' })
  }, [selected, virtual])
  return (
    <Kind
      ref={list}
      className={`${className} rolling`}
      style={{ paddingTop: before, paddingBottom: Math.max(0, after) }}
    >
      {shown.map(({ index }) => render(items[index]!))}
      {children}
    </Kind>
  )
}
