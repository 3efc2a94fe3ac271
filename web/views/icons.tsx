/** Line icons on a 24 grid. Decorative: the word beside them, or the label of their button, carries the meaning. */
import type { ReactNode } from 'react'

const PATHS = {
  left: <path d="M15 5l-7 7 7 7" />,
  right: <path d="M9 5l7 7-7 7" />,
  down: <path d="M5 9l7 7 7-7" />,
  up: <path d="M5 15l7-7 7 7" />,
  upload: <path d="M4 16v3a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-3M7 9l5-5 5 5M12 4v12" />,
  download: <path d="M4 16v3a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-3M7 11l5 5 5-5M12 4v12" />,
  copy: (
    <>
      <rect x="8" y="8" width="12" height="12" rx="2" />
      <path d="M16 8V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h2" />
    </>
  ),
  table: <path d="M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14" />,
  pencil: <path d="M4 20h4L19 9l-4-4L4 16zM13 7l4 4" />,
  wand: <path d="M5 19L15 9M13.5 7.5l3 3M18 3v4M20 5h-4M7 4v3M8.5 5.5h-3M19 13v3M20.5 14.5h-3" />,
  question: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M9.6 9.3a2.5 2.5 0 1 1 3.6 2.5c-.8.4-1.2.9-1.2 1.7M12 16.6v.1" />
    </>
  ),
  fault: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7.5v5.5M12 16.2v.1" />
    </>
  ),
  undo: <path d="M9 6L4 11l5 5M4 11h10a6 6 0 0 1 0 12h-2" transform="translate(0 -3)" />,
  redo: <path d="M15 6l5 5-5 5M20 11H10a6 6 0 0 0 0 12h2" transform="translate(0 -3)" />,
  pin: (
    <>
      <path d="M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21z" />
      <circle cx="12" cy="9.5" r="2.5" />
    </>
  ),
  search: (
    <>
      <circle cx="10.5" cy="10.5" r="6.5" />
      <path d="M20.5 20.5l-5.2-5.2" />
    </>
  ),
  plus: <path d="M12 5v14M5 12h14" />,
  minus: <path d="M5 12h14" />,
  close: <path d="M6 6l12 12M18 6L6 18" />,
  check: <path d="M4.5 12.5l5 5 10-11" />,
  fit: (
    <>
      <circle cx="12" cy="12" r="7" />
      <circle cx="12" cy="12" r="1.5" />
      <path d="M12 2v4M12 18v4M2 12h4M18 12h4" />
    </>
  ),
  expand: <path d="M14 4h6v6M20 4l-6.5 6.5M10 20H4v-6M4 20l6.5-6.5" />,
  language: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M3 12h18M12 3c3 3 3.6 6 3.6 9s-.6 6-3.6 9c-3-3-3.6-6-3.6-9S9 6 12 3z" />
    </>
  ),
  sun: (
    <>
      <circle cx="12" cy="12" r="4" />
      <path d="M12 2.5v2.5M12 19v2.5M2.5 12H5M19 12h2.5M5.3 5.3L7 7M17 17l1.7 1.7M5.3 18.7L7 17M17 7l1.7-1.7" />
    </>
  ),
  moon: <path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z" />,
  keyboard: (
    <>
      <rect x="2.5" y="6" width="19" height="12" rx="2" />
      <path d="M6 10h.01M9 10h.01M12 10h.01M15 10h.01M18 10h.01M6 14h.01M9 14h6M18 14h.01" />
    </>
  ),
  alert: (
    <>
      <path d="M12 3.5L2.5 20h19z" />
      <path d="M12 10v4.5M12 17.2v.1" />
    </>
  ),
  unplug: (
    <path d="M9 7L6.5 9.5a4 4 0 0 0 0 5.6l2.4 2.4a4 4 0 0 0 5.6 0L17 15M4 20l3.3-3.3M20 4l-3.3 3.3M14 6l1-1 4 4-1 1M3 3l18 18" />
  ),
  stop: <rect x="6" y="6" width="12" height="12" rx="2" />,
  play: <path d="M7 4.5v15l12-7.5z" />,
  again: <path d="M20 11a8 8 0 1 0-2 6M20 4v7h-7" />,
  truck: (
    <>
      <path d="M2.5 6h11v10.5h-11zM13.5 9.5h4l3.5 3.5v3.5h-7.5z" />
      <circle cx="6.5" cy="17.5" r="2" />
      <circle cx="17" cy="17.5" r="2" />
    </>
  ),
  eye: (
    <>
      <path d="M2.5 12s3.5-6 9.5-6 9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6z" />
      <circle cx="12" cy="12" r="2.5" />
    </>
  ),
  clock: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7v5l3.5 2" />
    </>
  ),
  ban: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M6 6l12 12" />
    </>
  ),
  coins: (
    <>
      <ellipse cx="12" cy="6.5" rx="7.5" ry="3" />
      <path d="M4.5 6.5v5.5c0 1.7 3.4 3 7.5 3s7.5-1.3 7.5-3V6.500M4.5 12v5.500c0 1.7 3.4 3 7.5 3s7.5-1.3 7.5-3V12" />
    </>
  ),
  weight: <path d="M6 9h12l2.5 11h-17zM9.5 9a2.8 2.8 0 1 1 5 0" />,
  ruler: <path d="M3 16.500L16.5 3 21 7.5 7.5 21zM7 12.5l2 2M10 9.5l2 2M13 6.500l2 2" />,
  target: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <circle cx="12" cy="12" r="4.5" />
      <circle cx="12" cy="12" r="0.8" />
    </>
  ),
  route: (
    <>
      <circle cx="6" cy="18.5" r="2.5" />
      <circle cx="18" cy="5.5" r="2.5" />
      <path d="M8.5 18.500H15a3.5 3.5 0 0 0 0-7H9a3 3 0 0 1 0-6h6.5" />
    </>
  ),
  box: <path d="M12 3l8 4.500v9L12 21l-8-4.500v-9zM4 7.500l8 4.5 8-4.500M12 12v9" />,
  map: <path d="M3 6.500l6-2.5 6 2.5 6-2.5v13.500L15 20l-6-2.500L3 20zM9 4v13.500M15 6.500V20" />,
  rows: <path d="M4 7h9M4 12h16M9 17h11" />,
  sum: <path d="M5 20V11M12 20V4M19 20v-6" />,
  shield: (
    <>
      <path d="M12 3l7.500 2.5v6c0 4.500-3 8-7.500 9.5-4.500-1.500-7.500-5-7.500-9.500v-6z" />
      <path d="M8.500 12l2.5 2.500 4.500-5" />
    </>
  ),
  group: (
    <>
      <circle cx="9" cy="8" r="3" />
      <path d="M3.500 19c0-3 2.5-5 5.500-5s5.500 2 5.500 5M15.500 5.500a3 3 0 0 1 0 5.500M17 14c2.200.5 3.500 2.300 3.500 5" />
    </>
  ),
  message: <path d="M4 5h16v11.500H11L6.500 20v-3.500H4zM8 9.500h8M8 12.500h5" />,
  person: <path d="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20.500a7.500 7.500 0 0 1 15 0" />,
  key: <path d="M15.500 3.500a5 5 0 1 0 0 10 5 5 0 0 0 0-10zM12 12l-8 8v1h4v-3h3v-3M16.500 7.500h.01" />,
  out: <path d="M10 4H5v16h5M14 8l4 4-4 4M9 12h9" />,
  lock: <path d="M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3" />,
  print: (
    <path d="M7 8V3.500h10V8M7 17H4v-7.500a1.500 1.500 0 0 1 1.500-1.500h13a1.500 1.500 0 0 1 1.500 1.500V17h-3M7 14h10v6.500H7z" />
  ),
  calendar: <path d="M4 6h16v14.500H4zM4 10.500h16M8 3.500V7M16 3.500V7" />,
  house: <path d="M4 11l8-7 8 7v9h-5.500v-5.500h-5V20H4z" />,
  grip: <path d="M9 6h.01M9 12h.01M9 18h.01M15 6h.01M15 12h.01M15 18h.01" strokeWidth={3} />,
  dots: <path d="M5 12h.01M12 12h.01M19 12h.01" strokeWidth={3} />,
  unlocked: <path d="M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 6.800-1.200" />,
  swap: <path d="M4 8h14l-4-4M20 16H6l4 4" />,
  split: <path d="M12 21v-7L5 7V3M12 14l7-7V3M2.500 5.500L5 3l2.500 2.500M16.500 5.500L19 3l2.500 2.500" />,
  flip: <path d="M7 4v14M3.500 14.500L7 18l3.500-3.500M17 20V6M13.500 9.500L17 6l3.500 3.500" />,
  phone: (
    <path d="M5 4h3.500l1.700 4.500-2.200 1.600a12 12 0 0 0 5.900 5.900l1.600-2.200L20 15.500V19a1.500 1.500 0 0 1-1.600 1.500A15.500 15.500 0 0 1 3.500 5.600 1.500 1.500 0 0 1 5 4z" />
  ),
  send: <path d="M12 3.500l7 16.500-7-3.500-7 3.500z" />,
  camera: (
    <>
      <path d="M3.500 8h4l1.500-2.500h6L16.500 8h4v11.500h-17z" />
      <circle cx="12" cy="13.300" r="3.600" />
    </>
  ),
  panelLeft: <path d="M3.5 5h17v14h-17zM9.5 5v14" />,
  panelRight: <path d="M3.5 5h17v14h-17zM14.5 5v14" />,
} as const satisfies Record<string, ReactNode>

export type IconName = keyof typeof PATHS

export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {PATHS[name]}
    </svg>
  )
}

export function Logo({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="var(--brand)" />
      <path
        d="M8 22V12.4c0-2.3 3-3.2 4.3-1.300L16 16.600l3.7-5.500c1.3-1.9 4.3-1 4.3 1.300V22"
        fill="none"
        stroke="var(--on-brand)"
        strokeWidth="2.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="16" cy="23" r="2.1" fill="var(--on-brand)" />
    </svg>
  )
}
