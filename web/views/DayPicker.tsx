import { Menu } from '@mantine/core'
import { useRef } from 'react'
import type { Day } from '../../server/api.ts'
import { useWords } from '../i18n/words.tsx'
import { dayWord } from '../state/dayState.ts'
import { Icon } from './icons.tsx'

interface DayPickerProps {
  readonly days: readonly Day[]
  readonly date: string
  readonly onDate: (date: string) => void
}

export function DayPicker({ days, date, onDate }: DayPickerProps) {
  const { t, f } = useWords()
  const other = useRef<HTMLInputElement>(null)
  const before = days.findLast((day) => day.date < date)
  const after = days.find((day) => day.date > date)
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
      {step(t.days.previous, 'left', before)}
      <Menu position="bottom" width={320} shadow="none" withinPortal withInitialFocusPlaceholder={false}>
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
                <span className={`small day-state ${day.confirmed ? 'good' : day.plan ? '' : 'faint'}`}>
                  {t.orders.day.short[dayWord(day)]}
                </span>
              </span>
            </Menu.Item>
          ))}
          <Menu.Item
            className="day-item day-other"
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => other.current?.showPicker()}
          >
            {t.orders.otherDay}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={other}
        className="day-other-input"
        type="date"
        tabIndex={-1}
        aria-label={t.orders.otherDay}
        value={date}
        onChange={({ currentTarget: { value } }) => value && onDate(value)}
      />
      {step(t.days.next, 'right', after)}
    </div>
  )
}
