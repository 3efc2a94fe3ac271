/** When there is nothing to show yet, or something outside went wrong: what happened and what to do. */
import { Component, type ErrorInfo, type ReactNode } from 'react'
import { useWords } from '../i18n/words.tsx'
import { Icon, type IconName } from './icons.tsx'

export function SkeletonRows({ rows }: { readonly rows: number }) {
  const { t } = useWords()
  const widths = ['72%', '54%', '88%', '46%']
  return (
    <div className="skeletons" role="status" aria-label={t.states.loading}>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className="skeleton" style={{ width: widths[row % widths.length] }} />
      ))}
    </div>
  )
}

interface NoticeProps {
  readonly icon?: IconName
  readonly bad?: boolean
  readonly title: string
  readonly text?: ReactNode
  readonly children?: ReactNode
}

/** A card over the map or in an empty pane. */
export function Notice({ icon, bad = false, title, text, children }: NoticeProps) {
  return (
    <div className="notice" role={bad ? 'alert' : 'status'}>
      <h2 className={bad ? 'bad' : ''}>
        {icon && <Icon name={icon} size={18} />}
        {title}
      </h2>
      {text && <p>{text}</p>}
      {children}
    </div>
  )
}

interface BannerProps {
  readonly kind?: string
  readonly title: string
  readonly text: string
  readonly action: string
  readonly onAction: () => void
}

/** Across the top: the outside world failed, the page goes on with what it has. */
export function Banner({ kind = '', title, text, action, onAction }: BannerProps) {
  return (
    <div className={`banner ${kind}`} role="alert">
      <Icon name="unplug" size={17} />
      <p>
        <b>{title}</b> {text}
      </p>
      <span className="push" />
      <button type="button" className="button" onClick={onAction}>
        {action}
      </button>
    </div>
  )
}

interface BoundaryProps {
  readonly fallback: (error: Error) => ReactNode
  readonly children: ReactNode
}

/** A view that throws takes only itself down. */
export class Boundary extends Component<BoundaryProps, { error: Error | undefined }> {
  override state: { error: Error | undefined } = { error: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override componentDidCatch(error: unknown, info: ErrorInfo) {
    console.error(error, info.componentStack)
  }

  override render() {
    return this.state.error ? this.props.fallback(this.state.error) : this.props.children
  }
}
