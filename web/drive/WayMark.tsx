/** ▲ loads, ▼ sets down; drawn, because a phone without a signal may not have the letter. */
export const WayMark = ({ way }: { readonly way: 'pickup' | 'delivery' }) => (
  <svg className="mark" width={15} height={13} viewBox="0 0 15 13" fill="currentColor" aria-hidden="true">
    <path d={way === 'pickup' ? 'M7.5 0L15 13H0z' : 'M7.5 13L0 0h15z'} />
  </svg>
)
