/** What a confirmed plan can be taken away as: papers for those who drive, and files for other programs. */
import { Menu } from '@mantine/core'
import { Fragment } from 'react'
import { useWords } from '../../i18n/words.tsx'
import { Icon } from '../icons.tsx'

export function Outputs({ plan }: { readonly plan: string }) {
  const { t, language } = useWords()
  const p = t.papers
  const path = `/api/plans/${encodeURIComponent(plan)}`
  // a download says nothing of the language of the page by itself
  const as = (query: string) => `${path}/export?${query}&lang=${language}`
  const groups = [
    [p.sheets, [p.driverCopy, as('format=pdf')], [p.carrierCopy, as('format=pdf&copy=carrier')]],
    [p.dispatch, [p.excel, as('format=dispatch.xlsx')], [p.csv, as('format=dispatch.csv')]],
    [p.plan, [p.excel, as('format=xlsx')], [p.shipmentsCsv, as('format=csv')], [t.edits.confirm.file, `${path}/file`]],
    [p.map, [p.geojson, as('format=geojson')], [p.gpx, as('format=gpx')]],
  ] as const
  return (
    <Menu position="bottom-end" width={260} shadow="none" withinPortal>
      <Menu.Target>
        <button type="button" className="button">
          <Icon name="download" size={14} />
          {t.edits.confirm.outputs}
        </button>
      </Menu.Target>
      <Menu.Dropdown className="edit-menu">
        {groups.map(([group, ...files]) => (
          <Fragment key={group}>
            <Menu.Label>{group}</Menu.Label>
            {files.map(([name, href]) => (
              <Menu.Item
                key={href}
                component="a"
                href={href}
                download
                aria-label={`${group}: ${name}`}
                leftSection={<Icon name="download" size={14} />}
              >
                {name}
              </Menu.Item>
            ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
