import { Menu } from '@mantine/core'
import type { Day } from '../../server/api.ts'
import { useWords } from '../i18n/words.tsx'
import { Icon } from './icons.tsx'

interface DayPickerProps {
  readonly days: readonly Day[]
  readonly date: string
  readonly onDate: (date: string) => void
}

export function DayPicker({ days, date, onDate }: DayPickerProps) {
  const { t, f } = useWords()
  const index = days.findIndex((day) => day.date === date)
  const step = (label: string, icon: 'left' | 'right', day: Day | undefined) => (
    <button
      type="button"
      className="button ghost icon"
      aria-label={label}
      title={label}
      disabled={!day}
      onClick={() => day && onDate(day.date)}
    >
      <Icon name={icon} />
    </button>
  )
  return (
    <div className="row day-picker">
      {step(t.days.previous, 'left', days[index - 1])}
      <Menu position="bottom" width={280} shadow="none" withinPortal withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <button type="button" className="button ghost day-button" aria-label={`${t.days.label}: ${f.date(date)}`}>
            <span className="day-long">{f.date(date)}</span>
            <span className="day-short">{f.shortDate(date)}</span>
            <Icon name="down" size={12} />
          </button>
        </Menu.Target>
        <Menu.Dropdown className="day-list scroll">
          {days.map((day) => (
            <Menu.Item
              key={day.date}
              className="day-item"
              aria-current={day.date === date ? 'date' : undefined}
              onClick={() => onDate(day.date)}
            >
              <span className="row">
                <span className={`day-dot ${day.plan ? 'planned' : ''}`} />
                <span className="day-date">{f.date(day.date)}</span>
                <span className="push" />
                <span className="muted">{t.days.shipments(day.shipments)}</span>
                <span className="visually-hidden">{day.plan ? t.days.planned : t.days.unplanned}</span>
              </span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {step(t.days.next, 'right', days[index + 1])}
    </div>
  )
}
