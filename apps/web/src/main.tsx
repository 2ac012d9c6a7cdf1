import '@fontsource-variable/inter/wght.css'
import './ui/mantine.css'
import 'virtual:theme-variables.css'
import './ui/theme.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { startTransition, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { nextTask } from './lib/next-task.ts'
import { queryClient } from './query-client.ts'
import { makeRouter } from './routes.tsx'
import { LiveRegion } from './ui/live-region.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id root')

// Step by step, each in a task of its own: all at once keeps a phone busy for a while, and it is to answer in between.
async function start(element: HTMLElement) {
  await nextTask()
  const router = makeRouter()
  await nextTask()
  const view = createRoot(element)
  await nextTask()
  startTransition(() =>
    view.render(
      <StrictMode>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          <LiveRegion />
        </QueryClientProvider>
      </StrictMode>,
    ),
  )
}

void start(root)
