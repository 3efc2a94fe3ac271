import '@mantine/core/styles/baseline.css'
import '@mantine/core/styles/default-css-variables.css'
import '@mantine/core/styles/global.css'
import '@mantine/core/styles/UnstyledButton.css'
import '@mantine/core/styles/Popover.css'
import '@mantine/core/styles/Menu.css'
import '@mantine/core/styles/Tooltip.css'
import '@mantine/core/styles/CloseButton.css'
import '@mantine/core/styles/Notification.css'
import '@mantine/notifications/styles.css'
import 'pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css'
import './styles/base.css'
import './styles/plan.css'
import './styles/timeline.css'
import './styles/map.css'
import './styles/compare.css'
import './styles/split.css'
import './styles/papers.css'
import './styles/people.css'
import './styles/places.css'
import './styles/edits.css'
import './styles/import.css'
import './styles/twoPlans.css'
import './styles/settle.css'
import './styles/week.css'
import './styles/study.css'
import './styles/studySupply.css'
import './styles/studyReport.css'
import './styles/studyFrequency.css'
import './styles/studyNational.css'
import './styles/studyWho.css'
import './styles/studyComplexes.css'
import './styles/live.css'
import './styles/dispatch.css'
import './styles/board.css'
import './styles/links.css'
import './styles/shell.css'
import './styles/print.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { WordsProvider } from './i18n/words.tsx'
import { queryClient } from './service/queries.ts'
import { theme, variables } from './theme.ts'
import { Gate } from './views/Gate.tsx'

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="light">
      <QueryClientProvider client={queryClient}>
        <WordsProvider>
          <Notifications position="bottom-center" />
          <Gate />
        </WordsProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
