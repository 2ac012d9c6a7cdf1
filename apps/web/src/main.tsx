import '@fontsource-variable/inter/wght.css'
import './ui/mantine.css'
import 'virtual:theme-variables.css'
import './ui/theme.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { queryClient } from './query-client.ts'
import { makeRouter } from './routes.tsx'
import { LiveRegion } from './ui/live-region.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id root')

function start(element: HTMLElement) {
  createRoot(element).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={makeRouter()} />
        <LiveRegion />
      </QueryClientProvider>
    </StrictMode>,
  )
}

// In a task of its own: reading the scripts alone keeps a phone busy for a while, and it is to answer in between.
setTimeout(start, 0, root)
